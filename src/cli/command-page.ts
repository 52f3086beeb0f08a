import { commands } from './commands.js';
import { helpOf, overview } from './help.js';

/** The reference page of the command: what `--help` prints, word by word. */
export function commandPage(): string {
  const words = Object.entries(commands).map(
    ([name, command]) => `## parley ${name}\n\n${sentence(command.summary)}\n\n\`\`\`text\n${helpOf(name, command)}\n\`\`\`\n`,
  );
  return `# The parley command\n\n${INTRODUCTION}\n\n\`\`\`text\n${overview(commands)}\`\`\`\n\n${words.join('\n')}`;
}

const INTRODUCTION = `In a checkout \`npm run parley -- <command>\`, where the package is installed \`npx parley <command>\`. Commands that ask a running host find it and
its key by \`PARLEY_URL\` and \`PARLEY_KEY\`, else by the host's own settings \`HOST\`, \`PORT\` and \`PARLEY_ADMIN_KEY\`, in the environment or in \`.env\`
of the folder where they are called. A key on the command line can be read by everybody on the machine while the command runs: \`--key\` is there
where nothing else will do.`;

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
