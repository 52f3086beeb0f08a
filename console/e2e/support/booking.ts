import type { FlowDefinition } from '../../../src/contract/index.js';

/** A flow as people draw it: it offers three ways, books a table with another system, and knows what to say when something goes wrong. */
export const booking: FlowDefinition = {
  format: 'parley/1',
  code: 'table-booking',
  name: 'Table booking',
  remark: 'Books a table, shows the menu, and hands over when nobody answers.',
  triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['table', 'menu'] } }],
  settings: { timeZone: 'Europe/Berlin', locale: 'en-GB', onError: 'Sorry, something went wrong. Please call us.' },
  nodes: [
    { id: 'start', type: 'start', params: {}, position: { x: 0, y: 176 } },
    {
      id: 'welcome',
      type: 'send-message',
      name: 'Welcome',
      params: {
        message: {
          type: 'text',
          text: "Welcome to Lindenhof, {{ customerName | default: 'dear guest' }}! What can we do for you?",
          choices: [
            { id: 'book', title: 'Book a table' },
            { id: 'menu', title: "Today's menu" },
            { id: 'hours', title: 'Opening hours' },
          ],
        },
      },
      position: { x: 152, y: 112 },
    },
    {
      id: 'wish',
      type: 'wait-for-response',
      name: 'Their wish',
      params: { timeout: { value: 10, unit: 'minutes' }, timeoutBranch: true, saveAs: 'wish' },
      position: { x: 488, y: 128 },
    },
    {
      id: 'which',
      type: 'conditional-branch',
      name: 'Which way',
      params: {
        branches: [
          { name: 'book', title: 'Table', when: { variable: 'lastMessage.choice', operator: 'stringEquals', value: 'book' } },
          { name: 'menu', title: 'Menu', when: { variable: 'lastMessage.choice', operator: 'stringEquals', value: 'menu' } },
        ],
      },
      position: { x: 824, y: 32 },
    },
    {
      id: 'table',
      type: 'http-request',
      name: 'Book a table',
      params: {
        method: 'POST',
        url: 'https://booking.example.com/v1/tables',
        auth: { bearer: '{{ secrets.BOOKING }}' },
        body: { json: { phone: '{{ customerPhoneNumber }}' } },
        save: [{ name: 'table', from: 'body.table' }],
      },
      position: { x: 1160, y: -88 },
    },
    {
      id: 'booked',
      type: 'send-message',
      name: 'Booked',
      params: { message: { type: 'text', text: 'Table {{ table }} is yours tonight. See you soon!' } },
      position: { x: 1496, y: -96 },
    },
    {
      id: 'full',
      type: 'send-message',
      name: 'No table left',
      params: { message: { type: 'text', text: 'We are full tonight. Shall we call you when a table is free?' } },
      position: { x: 1496, y: 48 },
    },
    {
      id: 'dishes',
      type: 'send-message',
      name: 'The menu',
      params: {
        message: { type: 'image', url: 'https://lindenhof.example.com/menu.jpg', text: 'Our menu for tonight. Enjoy!' },
      },
      position: { x: 1160, y: 208 },
    },
    {
      id: 'late',
      type: 'send-message',
      name: 'Nobody answers',
      params: { message: { type: 'text', text: 'Are you still there? Write "table" whenever you like.' } },
      position: { x: 824, y: 368 },
    },
    { id: 'end', type: 'end', params: {}, position: { x: 1840, y: 176 } },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'welcome' },
    { from: 'welcome', port: 'next', to: 'wish' },
    { from: 'wish', port: 'replied', to: 'which' },
    { from: 'wish', port: 'notReplied', to: 'late' },
    { from: 'which', port: 'book', to: 'table' },
    { from: 'which', port: 'menu', to: 'dishes' },
    { from: 'which', port: 'else', to: 'late' },
    { from: 'table', port: 'next', to: 'booked' },
    { from: 'table', port: 'failed', to: 'full' },
    { from: 'booked', port: 'next', to: 'end' },
    { from: 'full', port: 'next', to: 'end' },
    { from: 'dishes', port: 'next', to: 'end' },
    { from: 'late', port: 'next', to: 'end' },
  ],
};
