import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { signOut, useWho } from '../api/who.js';
import { Icon } from '../look/Icon.js';
import { LANGUAGES, type Language, useLanguage, useSay } from '../look/Languages.js';
import mark from '../look/parley.svg';
import './shell.css';

/** The places of the bar on the left, in their order. */
const PLACES = [
  { to: '/', icon: 'route', title: 'Flows' },
  { to: '/channels', icon: 'plug-connected', title: 'Channels' },
  { to: '/keys', icon: 'key', title: 'Keys' },
] as const;

/** All pages but the editor: the bar with the places on the left, the page on the right. */
export function Shell() {
  const say = useSay();
  return (
    <div className="shell">
      <nav className="shell-bar" aria-label={say('Pages')}>
        <Link to="/" className="shell-mark">
          <img src={mark} alt="" width={24} height={24} /> Parley
        </Link>
        {PLACES.map(({ to, icon, title }) => (
          <Link
            key={to}
            to={to}
            className="shell-place"
            activeOptions={{ exact: to === '/', includeSearch: false }}
            activeProps={{ 'data-active': true }}
          >
            <Icon name={icon} /> {say(title)}
          </Link>
        ))}
        <Person />
      </nav>
      <main className="shell-page">
        <Outlet />
      </main>
    </div>
  );
}

/** Who is signed in, with the language, the look and the way out. */
function Person() {
  const say = useSay();
  const who = useWho();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { language, choose } = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const leave = async () => {
    await signOut();
    queries.clear();
    await navigate({ to: '/sign-in' });
  };
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <UnstyledButton className="shell-person" aria-label={say('Signed in as {name}', { name: who?.name ?? '' })}>
          <Icon name="user" />
          <span>{who?.name}</span>
          <Icon name="dots-vertical" size={14} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{say('Language')}</Menu.Label>
        {Object.entries(LANGUAGES).map(([code, name]) => (
          <Menu.Item
            key={code}
            lang={code}
            leftSection={<Icon name={code === language ? 'check' : 'language'} size={16} />}
            onClick={() => choose(code as Language)}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Label>{say('Theme')}</Menu.Label>
        {(['light', 'dark', 'auto'] as const).map((scheme) => (
          <Menu.Item
            key={scheme}
            leftSection={<Icon name={scheme === colorScheme ? 'check' : LOOKS[scheme].icon} size={16} />}
            onClick={() => setColorScheme(scheme)}
          >
            {say(LOOKS[scheme].title)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="logout" size={16} />} onClick={() => void leave()}>
          {say('Sign out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const LOOKS = {
  light: { icon: 'sun', title: 'Light' },
  dark: { icon: 'moon', title: 'Dark' },
  auto: { icon: 'settings', title: 'Same as the system' },
} as const;
