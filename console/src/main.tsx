import './look/fonts.css';
import './look/tokens.css';
import './look/mantine.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiProblem } from './api/client.js';
import { Languages } from './look/Languages.js';
import { theme } from './look/theme.js';
import { router } from './router.js';

// Not needed at first: what is said before they are there is shown then.
const Notifications = lazy(async () => ({ default: (await import('@mantine/notifications')).Notifications }));

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What the API has refused it refuses again.
      retry: (count, error) => count < 2 && !(error instanceof ApiProblem && error.status >= 400 && error.status < 500),
    },
  },
});
// After an update of the host, an open page asks for parts that are no longer there. What is drawn is kept by the browser, so nothing is lost.
window.addEventListener('vite:preloadError', () => location.reload());

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element "root"');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <Languages>
        <QueryClientProvider client={queries}>
          <Suspense fallback={null}>
            <Notifications position="bottom-center" />
          </Suspense>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </Languages>
    </MantineProvider>
  </StrictMode>,
);
