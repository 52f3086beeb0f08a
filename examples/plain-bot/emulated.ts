import { startViberEmulator } from '../../adapters/viber/emulator/index.js';
import { startWhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';

// The same bot without an account anywhere: both platforms are played on this machine.

const bot = `http://127.0.0.1:${process.env['PORT'] ?? '3000'}`;
const number = {
  phoneNumberId: '106540352242922',
  businessAccountId: '102290129340398',
  accessToken: 'access-token',
  appSecret: 'app-secret',
};
const whatsapp = await startWhatsAppEmulator({
  ...number,
  displayPhoneNumber: '+15550783881',
  webhookUrl: `${bot}/whatsapp`,
  port: Number(process.env['EMULATOR_WHATSAPP_PORT'] ?? '3978'),
});
const viber = await startViberEmulator({
  authToken: 'auth-token',
  webhookUrl: `${bot}/viber`,
  port: Number(process.env['EMULATOR_VIBER_PORT'] ?? '3979'),
});
Object.assign(process.env, {
  WHATSAPP_PHONE_NUMBER_ID: number.phoneNumberId,
  WHATSAPP_BUSINESS_ACCOUNT_ID: number.businessAccountId,
  WHATSAPP_ACCESS_TOKEN: number.accessToken,
  WHATSAPP_APP_SECRET: number.appSecret,
  WHATSAPP_VERIFY_TOKEN: 'verify-token',
  WHATSAPP_URL: whatsapp.url,
  VIBER_AUTH_TOKEN: 'auth-token',
  VIBER_URL: viber.url,
});
console.log(`WhatsApp is emulated on ${whatsapp.url}, Viber on ${viber.url}`);
await import('./main.js');
