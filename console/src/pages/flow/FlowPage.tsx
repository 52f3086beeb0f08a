import { useParams } from '@tanstack/react-router';

/** One flow: its editor and its history. */
export function FlowPage() {
  const { code } = useParams({ strict: false });
  return <h1>{code}</h1>;
}
