import { checkAddresses } from './check-addresses.js';
import { checkDatesShown } from './check-dates-shown.js';
import { checkDefaults } from './check-defaults.js';
import { checkEdges } from './check-edges.js';
import { checkIds } from './check-ids.js';
import { checkLanguages } from './check-languages.js';
import { checkLocales } from './check-locales.js';
import { checkLoops } from './check-loops.js';
import { checkMembers } from './check-members.js';
import { checkMissing } from './check-missing.js';
import { checkNames } from './check-names.js';
import { checkNodeTypes } from './check-node-types.js';
import { checkOnError } from './check-on-error.js';
import { checkOwn } from './check-own.js';
import { checkParams } from './check-params.js';
import { checkPorts } from './check-ports.js';
import { checkPrompts } from './check-prompts.js';
import { checkReach } from './check-reach.js';
import { checkStartAndEnd } from './check-start-and-end.js';
import { checkStopWords } from './check-stop-words.js';
import { checkTexts } from './check-texts.js';
import { checkTimeZone } from './check-time-zone.js';
import { checkTimeouts } from './check-timeouts.js';
import { checkTranslated } from './check-translated.js';
import { checkTriggers } from './check-triggers.js';
import { checkUnset } from './check-unset.js';
import { checkVariablesRead } from './check-variables-read.js';
import { checkWindow } from './check-window.js';
import type { Check } from './checked.js';

/** All concerns of the check, in the order in which their problems are listed. To add one, add a file and a line to this list. */
export const CHECKS: readonly Check[] = [
  checkTriggers,
  checkStopWords,
  checkNodeTypes,
  checkParams,
  checkTexts,
  checkVariablesRead,
  checkUnset,
  checkMembers,
  checkNames,
  checkDefaults,
  checkPorts,
  checkOwn,
  checkLanguages,
  checkLocales,
  checkTranslated,
  checkMissing,
  checkStartAndEnd,
  checkIds,
  checkEdges,
  checkReach,
  checkLoops,
  checkTimeouts,
  checkWindow,
  checkOnError,
  checkTimeZone,
  checkDatesShown,
  checkAddresses,
  checkPrompts,
];
