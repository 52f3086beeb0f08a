/** How the platforms are called and drawn. */
export const PLATFORMS = {
  whatsapp: { title: 'WhatsApp', icon: 'brand-whatsapp' },
  viber: { title: 'Viber', icon: 'message-circle-question' },
} as const;
