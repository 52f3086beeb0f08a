import type { EndRuns } from '../../src/contract/index.js';
import { choice, closed, flowCode } from '../../src/params/fields.js';

export const params = closed<EndRuns>({
  flow: flowCode('Flow', 'The code of the flow whose runs are ended; by default all other runs of the person.').meta({ flowIs: 'ended' }),
  where: choice(
    { any: 'Anywhere', background: 'In the background', queued: 'Not begun yet' },
    'Which runs',
    'The runs that are ended.',
  ).default('any'),
});
