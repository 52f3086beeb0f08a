import { useQuery } from '@tanstack/react-query';
import type { SignIn } from './answers.js';
import { call, read } from './client.js';

/** Who is signed in. */
export type Who = SignIn;

/** The name of what is kept of the person who is signed in. */
export const WHO = ['who'] as const;

/** Returns who is signed in; while that is not known, and without anybody, nothing. */
export function useWho(): Who | undefined {
  return useQuery({ queryKey: WHO, queryFn: ({ signal }) => read<Who>('/sign-in', signal), staleTime: 60_000, retry: false }).data;
}

/** Returns whether the person may change flows. */
export function mayEdit(who: Who | undefined): boolean {
  return who?.role === 'admin' || who?.role === 'editor';
}

/** Signs in with a key, or with the code of a link. */
export async function signIn(by: { readonly key: string } | { readonly code: string }): Promise<Who> {
  return (await call<Who>('POST', '/sign-in', { body: by })).body;
}

/** Ends the sign-in of this browser. */
export async function signOut(): Promise<void> {
  await call('DELETE', '/sign-in');
}
