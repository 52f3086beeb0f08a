import type { Plugin } from '../src/contract/index.js';
import askQuestion from './ask-question/index.js';
import callFlow from './call-flow/index.js';
import callFunction from './call-function/index.js';
import classifyText from './classify-text/index.js';
import conditionalBranch from './conditional-branch/index.js';
import dialogue from './dialogue/index.js';
import end from './end/index.js';
import endRun from './end-run/index.js';
import forwardToFlow from './forward-to-flow/index.js';
import generateText from './generate-text/index.js';
import handOver from './hand-over/index.js';
import httpRequest from './http-request/index.js';
import jump from './jump/index.js';
import randomSplit from './random-split/index.js';
import recognizeEntities from './recognize-entities/index.js';
import recognizeLanguage from './recognize-language/index.js';
import recognizePhoneNumber from './recognize-phone-number/index.js';
import runCode from './run-code/index.js';
import sendEmail from './send-email/index.js';
import sendMessage from './send-message/index.js';
import sendSms from './send-sms/index.js';
import sendTypingIndicator from './send-typing-indicator/index.js';
import sendViberMessage from './send-viber-message/index.js';
import sendWhatsappMessage from './send-whatsapp-message/index.js';
import setContact from './set-contact/index.js';
import setVariables from './set-variables/index.js';
import start from './start/index.js';
import startFlow from './start-flow/index.js';
import subscribeToGroup from './subscribe-to-group/index.js';
import unsubscribeFromGroup from './unsubscribe-from-group/index.js';
import wait from './wait/index.js';
import waitForResponse from './wait-for-response/index.js';

/** The node types that come with Parley, one line a plugin. */
export const plugins: readonly Plugin[] = [
  start,
  end,
  sendWhatsappMessage,
  sendViberMessage,
  sendMessage,
  sendTypingIndicator,
  waitForResponse,
  askQuestion,
  conditionalBranch,
  setVariables,
  jump,
  wait,
  callFlow,
  forwardToFlow,
  httpRequest,
  setContact,
  subscribeToGroup,
  unsubscribeFromGroup,
  runCode,
  callFunction,
  sendEmail,
  sendSms,
  generateText,
  classifyText,
  dialogue,
  endRun,
  randomSplit,
  recognizePhoneNumber,
  recognizeLanguage,
  recognizeEntities,
  handOver,
  startFlow,
];
