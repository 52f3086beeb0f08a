import { commands } from './commands.js';
import { helpOf, overview } from './help.js';

/** Writes the reference page of the command from what `--help` prints. */
export function commandPage(): string {
  const words = Object.entries(commands).map(
    ([name, command]) => `## parley ${name}\n\n${sentence(command.summary)}\n\n\`\`\`text\n${helpOf(name, command)}\n\`\`\`\n`,
  );
  return `# The parley command\n\n${INTRODUCTION}\n\n\`\`\`text\n${overview(commands)}\`\`\`\n\n${words.join('\n')}`;
}

const INTRODUCTION = `In a checkout run \`npm run parley -- <command>\`; where the package is installed, \`npx parley <command>\`. Commands that call a running host take its
address and key from \`PARLEY_URL\` and \`PARLEY_KEY\`, or else from the host's own settings \`HOST\`, \`PORT\` and \`PARLEY_ADMIN_KEY\`, in the environment or in
\`.env\` of the current folder. Everybody on the machine can read a key on the command line while the command runs, so use \`--key\` only if nothing
else will do.`;

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
