// What sends HTTP requests. It is imported when the first one is sent, because a host that starts has to answer webhooks first.

export { default as request } from 'undici/lib/api/api-request.js';
export { default as Agent } from 'undici/lib/dispatcher/agent.js';
export { default as Pool } from 'undici/lib/dispatcher/pool.js';
