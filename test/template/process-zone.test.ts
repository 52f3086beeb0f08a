import { execFileSync } from 'node:child_process';
import { expect } from 'chai';

const file = (path: string) => JSON.stringify(new URL(`../../${path}`, import.meta.url).href);

/** Tells what templates, waits and variables make of dates in this process. */
const SCRIPT = `
  import { createTemplates } from ${file('src/template/templates.js')};
  import { nextMoment } from ${file('src/params/hours.js')};
  import { datesIn } from ${file('src/text/dates-in.js')};
  const templates = createTemplates();
  const told = [];
  for (const timeZone of ['UTC', 'America/Sao_Paulo', 'Asia/Kolkata', 'Pacific/Apia']) {
    const scope = { data: { day: '2018-11-04', local: '2026-12-24 18:30' }, now: '2026-11-24T23:30:00.000Z', timeZone, random: () => 0, warn: () => {} };
    told.push(templates.text('{{ day | date: "%F %T %c %x %X %A %j %U %s %z" }} {{ local | date: "%F %R" }} {{ "now" | date_to_string }}', scope));
    told.push(nextMoment({ from: '00:30', days: ['mon'] }, Date.parse(scope.now), timeZone));
  }
  // In Berlin, the clocks skip the hour in which this person writes.
  const person = { now: Date.parse('2027-03-28T00:30:00.000Z'), zone: 'Etc/GMT-2' };
  for (const text of ['now', 'in 30 minutes', 'in 2 days', 'tomorrow at 5pm', 'at 3', 'Friday', '12 May']) told.push(datesIn(text, person));
  console.log(JSON.stringify(told));`;

describe('the time zone of the process', () => {
  it('plays no part in what is shown, what is read, and when a wait ends', () => {
    const told = ['UTC', 'America/Sao_Paulo', 'Asia/Kolkata', 'Pacific/Apia', 'Europe/Berlin'].map((TZ) =>
      execFileSync(process.execPath, ['--input-type=module', '-e', SCRIPT], { env: { ...process.env, TZ }, encoding: 'utf8' }),
    );
    expect(new Set(told).size).to.equal(1);
    const [utc = '', , saoPaulo = ''] = JSON.parse(told[0] ?? '') as readonly string[];
    expect(utc).to.match(/^2018-11-04 00:00:00 .* \+0000 2026-12-24 18:30 24 Nov 2026$/);
    // The clocks skip the hour after midnight on that day.
    expect(saoPaulo).to.match(/^2018-11-04 01:00:00 .* -0200 2026-12-24 18:30 24 Nov 2026$/);
  });
});
