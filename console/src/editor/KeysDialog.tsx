import { Kbd, Modal } from '@mantine/core';
import { useEditor, useView } from './editor-context.js';
import { KEYS, keyWords } from './keys.js';

/** The list of keys: `?`. */
export function KeysDialog() {
  const { view, say } = useEditor();
  const isOpen = useView(({ dialog }) => dialog === 'keys');
  return (
    <Modal
      opened={isOpen}
      onClose={() => view.setState({ dialog: undefined })}
      title={say('Keyboard shortcuts')}
      size={760}
      closeButtonProps={{ 'aria-label': say('Close') }}
    >
      <div className="keys">
        {KEYS.map(({ title, lines }) => (
          <section key={title}>
            <h3>{say(title)}</h3>
            <dl>
              {lines.map(({ action, keys, sentence }) => (
                <div key={action}>
                  <dt>
                    {keys.map((one) => (
                      <span key={one}>
                        {keyWords(one).map((key) => (
                          <Kbd key={key} size="xs">
                            {say(key)}
                          </Kbd>
                        ))}
                      </span>
                    ))}
                  </dt>
                  <dd>{say(sentence)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
