import Joi from 'joi';
import { isRefused } from '../../contract/host/index.js';
import { hashOfKey } from '../../manage/find-caller.js';
import { MAX_SIGN_IN, type SignInParts, shownSignIn, signIn, signOut } from '../../manage/sign-ins.js';
import type { Guesses } from '../guesses.js';
import { defineRoute, type Route } from '../route.js';
import { SIGN_IN } from '../schemas/key.js';
import { readCookie, writeCookie } from '../sign-in-cookie.js';

export interface SignInRouteParts extends SignInParts {
  readonly guesses: Guesses;
  /** Cookies are sent by HTTPS only if this is an https URL. */
  readonly publicUrl: string | undefined;
}

/** Signing in, for browsers. */
export function signInRoutes(parts: SignInRouteParts): readonly Route[] {
  const isSecure = parts.publicUrl?.startsWith('https:') ?? false;
  return [
    defineRoute<{ readonly key?: string; readonly code?: string }>({
      tag: 'Sign in',
      role: 'none',
      method: 'post',
      path: '/sign-in',
      summary: 'Sign in with a key, or with the code in the link that a host prints at its start',
      description:
        'Sets the cookie `parley_sign_in`, with which a browser may call everything that the key may. It ends after 12 hours without a call, after 30 days, and with its key. Signing in again ends the sign-in before. A code can be used once, within ten minutes, and only from the machine of the host.',
      body: Joi.object({
        key: Joi.string().max(200).description('A key of any role.'),
        code: Joi.string().max(200).description('The part of the link after `#`.'),
      }).xor('key', 'code'),
      maxBody: '10kb',
      example: { key: 'pk_0f4c…' },
      answers: { 200: SIGN_IN },
      refuses: ['key/unknown', 'key/too-many-guesses', 'sign-in/bad-code', 'sign-in/other-site'],
      async handle({ body, header, from }) {
        // A page of another site must not sign a browser in.
        if (from.site === 'other') return { refused: 'sign-in/other-site' };
        if (body.code !== undefined && !from.isHere)
          return { refused: 'sign-in/bad-code', detail: 'A code signs in only from the machine of the host.' };
        const guess = hashOfKey(body.key ?? body.code ?? '');
        await parts.guesses.refuseMore(from.address, guess);
        const outcome = await signIn(parts, body);
        if (isRefused(outcome)) {
          await parts.guesses.note(from.address);
          return outcome;
        }
        const { shown, cookie } = outcome.done;
        const replaced = readCookie(header('cookie'));
        if (replaced !== undefined) await signOut(parts, replaced);
        if (body.key !== undefined) parts.guesses.trust(guess);
        return { body: shown, headers: { 'set-cookie': writeCookie(cookie, { seconds: MAX_SIGN_IN / 1_000, isSecure }) } };
      },
    }),
    defineRoute({
      tag: 'Sign in',
      role: 'any',
      method: 'get',
      path: '/sign-in',
      summary: 'Show who is signed in',
      answers: { 200: SIGN_IN },
      handle: async ({ caller }) => ({ body: shownSignIn(caller) }),
    }),
    defineRoute({
      tag: 'Sign in',
      role: 'none',
      method: 'delete',
      path: '/sign-in',
      summary: 'Sign out',
      answers: { 204: undefined },
      refuses: ['sign-in/other-site'],
      async handle({ header, from }) {
        const cookie = readCookie(header('cookie'));
        if (cookie !== undefined && from.site !== 'own') return { refused: 'sign-in/other-site' };
        if (cookie !== undefined) await signOut(parts, cookie);
        return { headers: { 'set-cookie': writeCookie('', { seconds: 0, isSecure }) } };
      },
    }),
  ];
}
