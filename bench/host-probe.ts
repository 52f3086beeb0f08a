// Preloaded into a host by `--import`. Measures inside its process whatever its parent asks for over IPC: { profile: 'start' } →
// { profiling: true }; { profile: 'stop' } → { profile }.
import { startProfile } from './profile.js';

let stopProfile: (() => Promise<object>) | undefined;

process.on('message', ({ profile }: { readonly profile?: 'start' | 'stop' }) => {
  if (profile === 'start') {
    startProfile().then((stop) => {
      stopProfile = stop;
      process.send?.({ profiling: true });
    }, fail);
  }
  if (profile === 'stop') stopProfile?.().then((taken) => process.send?.({ profile: taken }), fail);
});

function fail(error: unknown): void {
  process.send?.({ failed: String(error) });
}
