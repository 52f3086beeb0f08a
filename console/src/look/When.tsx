import { FormattedDate } from 'react-intl';

/** Shows a time in the zone and language of the person: short, with the whole of it as a hint. */
export function When({ at }: { readonly at: string | undefined }) {
  if (at === undefined) return <>–</>;
  const time = new Date(at);
  const isThisYear = time.getFullYear() === new Date().getFullYear();
  return (
    <time dateTime={at} title={time.toLocaleString()}>
      <FormattedDate
        value={time}
        month="short"
        day="numeric"
        {...(isThisYear ? { hour: '2-digit', minute: '2-digit' } : { year: 'numeric' })}
      />
    </time>
  );
}
