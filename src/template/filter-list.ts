import type { VariableType } from '../contract/index.js';

/** A filter as completion shows it. */
export interface FilterShown {
  readonly name: string;
  /** The type of values that it is for. */
  readonly of: VariableType | 'any';
  readonly sentence: string;
  /** An expression that uses it, and what that shows. `names`, `items`, `price` and `day` stand for variables of a flow. */
  readonly example: string;
  readonly result: string;
}

type Row = readonly [name: string, sentence: string, example: string, result: string];

/** Every filter that templates can use, those for the same type together, the most useful first. */
export const FILTERS: readonly FilterShown[] = [
  ...rowsOf('any', [
    ['default', 'Another value if there is none.', 'nothing | default: "there"', 'there'],
    ['json', 'Writes the value as JSON.', 'items[0] | json', '{"name":"Soup","price":4}'],
    ['jsonify', 'Writes the value as JSON.', 'items[0] | jsonify', '{"name":"Soup","price":4}'],
    ['inspect', 'Writes the value as JSON.', 'names | inspect', '["Bo","Ada","Cy","Ada"]'],
    ['raw', 'Shows the value as it is.', '"<b>" | raw', '<b>'],
  ]),
  ...rowsOf('text', [
    ['capitalize', 'Makes the first letter large and all others small.', '"ada" | capitalize', 'Ada'],
    ['upcase', 'Makes all letters large.', '"Ada" | upcase', 'ADA'],
    ['downcase', 'Makes all letters small.', '"Ada" | downcase', 'ada'],
    ['truncate', 'Cuts the text to a number of characters.', '"Good morning" | truncate: 8', 'Good ...'],
    ['truncatewords', 'Cuts the text to a number of words.', '"Good morning to you" | truncatewords: 2', 'Good morning...'],
    ['append', 'Adds a text at the end.', '"Ada" | append: " Lovelace"', 'Ada Lovelace'],
    ['prepend', 'Adds a text in front.', '"Lovelace" | prepend: "Ada "', 'Ada Lovelace'],
    ['replace', 'Replaces a part by another text, wherever it stands.', '"a-b-c" | replace: "-", "+"', 'a+b+c'],
    ['replace_first', 'Replaces a part where it stands first.', '"a-b-c" | replace_first: "-", "+"', 'a+b-c'],
    ['replace_last', 'Replaces a part where it stands last.', '"a-b-c" | replace_last: "-", "+"', 'a-b+c'],
    ['remove', 'Removes a part, wherever it stands.', '"a-b-c" | remove: "-"', 'abc'],
    ['remove_first', 'Removes a part where it stands first.', '"a-b-c" | remove_first: "-"', 'ab-c'],
    ['remove_last', 'Removes a part where it stands last.', '"a-b-c" | remove_last: "-"', 'a-bc'],
    ['strip', 'Removes blanks and line breaks at both ends.', '" Ada " | strip', 'Ada'],
    ['lstrip', 'Removes blanks and line breaks in front.', '" Ada" | lstrip', 'Ada'],
    ['rstrip', 'Removes blanks and line breaks at the end.', '"Ada " | rstrip | append: "!"', 'Ada!'],
    ['squish', 'Removes blanks at both ends, and makes several in a row one.', '" good  morning " | squish', 'good morning'],
    [
      'normalize_whitespace',
      'Makes several blanks and line breaks in a row one blank.',
      '"good  morning" | normalize_whitespace',
      'good morning',
    ],
    ['strip_newlines', 'Removes line breaks.', '"a\\nb" | strip_newlines', 'ab'],
    ['split', 'Makes a list of the parts between a separator.', '"a,b,c" | split: "," | size', '3'],
    ['number_of_words', 'Counts the words.', '"Good morning" | number_of_words', '2'],
    ['slugify', 'Makes a text for addresses: small letters, digits and hyphens.', '"Good Morning!" | slugify', 'good-morning'],
    ['url_encode', 'Encodes a text for the query of an address.', '"a b&c" | url_encode', 'a+b%26c'],
    ['url_decode', 'Decodes a text from the query of an address.', '"a+b%26c" | url_decode', 'a b&c'],
    ['cgi_escape', 'Encodes a text for the query of an address.', '"a b&c" | cgi_escape', 'a+b%26c'],
    ['uri_escape', 'Encodes what may not stand in an address.', '"a b/ü" | uri_escape', 'a%20b/%C3%BC'],
    ['base64_encode', 'Encodes a text as Base64.', '"Ada" | base64_encode', 'QWRh'],
    ['base64_decode', 'Decodes a text from Base64.', '"QWRh" | base64_decode', 'Ada'],
    ['escape', 'Encodes a text for HTML.', '"<b>" | escape', '&lt;b&gt;'],
    ['escape_once', 'Encodes a text for HTML, except what is encoded already.', '"&lt; <" | escape_once', '&lt; &lt;'],
    ['xml_escape', 'Encodes a text for XML.', '"<b>" | xml_escape', '&lt;b&gt;'],
    ['strip_html', 'Removes the tags of HTML.', '"<b>bold</b>" | strip_html', 'bold'],
    ['newline_to_br', 'Puts the tag br in front of line breaks.', '"a\\nb" | newline_to_br', 'a<br />\nb'],
    ['sha256', 'Makes the SHA-256 hash of a text.', '"Ada" | sha256 | truncate: 8, ""', '99a563ab'],
    ['hmac_sha256', 'Signs a text with a key (HMAC SHA-256).', '"Ada" | hmac_sha256: "key" | truncate: 8, ""', 'c066342b'],
  ]),
  ...rowsOf('number', [
    ['plus', 'Adds a number.', 'price | plus: 0.1', '12.6'],
    ['minus', 'Subtracts a number.', 'price | minus: 0.1', '12.4'],
    ['times', 'Multiplies by a number.', 'price | times: 3', '37.5'],
    ['divided_by', 'Divides by a number. With `true` behind it, rounds down.', 'price | divided_by: 2', '6.25'],
    ['modulo', 'The remainder of a division.', '7 | modulo: 3', '1'],
    ['round', 'Rounds to a number of decimals.', '4.257 | round: 2', '4.26'],
    ['ceil', 'Rounds up to a whole number.', 'price | ceil', '13'],
    ['floor', 'Rounds down to a whole number.', 'price | floor', '12'],
    ['abs', 'Removes the sign.', '-5 | abs', '5'],
    ['at_least', 'Another number if this one is smaller.', '3 | at_least: 5', '5'],
    ['at_most', 'Another number if this one is larger.', '9 | at_most: 5', '5'],
    ['to_integer', 'Reads a text as a whole number.', '"7" | to_integer | plus: 1', '8'],
  ]),
  ...rowsOf('date', [
    ['date', 'Writes a date in a format, and optionally in another time zone.', 'day | date: "%d.%m.%Y %H:%M"', '24.12.2026 18:30'],
    ['date_to_string', 'Writes a date with a short month.', 'day | date_to_string', '24 Dec 2026'],
    ['date_to_long_string', 'Writes a date with the whole month.', 'day | date_to_long_string', '24 December 2026'],
    ['date_to_xmlschema', 'Writes a date as ISO 8601.', 'day | date_to_xmlschema', '2026-12-24T18:30:00+01:00'],
    ['date_to_rfc822', 'Writes a date as in e-mails.', 'day | date_to_rfc822', 'Thu, 24 Dec 2026 18:30:00 +0100'],
  ]),
  ...rowsOf('list', [
    ['join', 'Writes the members with a text between them.', 'names | join: ", "', 'Bo, Ada, Cy, Ada'],
    ['array_to_sentence_string', 'Writes the members as a sentence does.', 'names | array_to_sentence_string', 'Bo, Ada, Cy, and Ada'],
    ['size', 'Counts the members, or the characters of a text.', 'names | size', '4'],
    ['first', 'The first member.', 'names | first', 'Bo'],
    ['last', 'The last member.', 'names | last', 'Ada'],
    ['slice', 'A part of a list or a text: from where, how many.', 'names | slice: 0, 2 | join: " "', 'Bo Ada'],
    ['map', 'A list of one member of each object.', 'items | map: "name" | join: ", "', 'Soup, Pie'],
    ['where', 'The objects that have a value.', 'items | where: "name", "Pie" | map: "price" | join', '9'],
    [
      'where_exp',
      'The members for which an expression is true.',
      'items | where_exp: "item", "item.price > 5" | map: "name" | join',
      'Pie',
    ],
    ['reject', 'The objects that do not have a value.', 'items | reject: "name", "Pie" | map: "name" | join', 'Soup'],
    [
      'reject_exp',
      'The members for which an expression is false.',
      'items | reject_exp: "item", "item.price > 5" | map: "name" | join',
      'Soup',
    ],
    ['find', 'The first object that has a value.', 'items | find: "name", "Pie" | json', '{"name":"Pie","price":9}'],
    [
      'find_exp',
      'The first member for which an expression is true.',
      'items | find_exp: "item", "item.price > 5" | json',
      '{"name":"Pie","price":9}',
    ],
    ['find_index', 'The place of the first object that has a value, from 0.', 'items | find_index: "name", "Pie"', '1'],
    [
      'find_index_exp',
      'The place of the first member for which an expression is true, from 0.',
      'items | find_index_exp: "item", "item.price > 5"',
      '1',
    ],
    ['has', 'Whether an object has a value.', 'items | has: "name", "Pie"', 'true'],
    ['has_exp', 'Whether an expression is true for a member.', 'items | has_exp: "item", "item.price > 50"', 'false'],
    ['sum', 'Adds the members, or one member of each object.', 'items | sum: "price"', '13'],
    ['sort', 'Sorts the members.', 'names | sort | join: " "', 'Ada Ada Bo Cy'],
    ['sort_natural', 'Sorts the members; small and large letters are the same.', 'names | sort_natural | join: " "', 'Ada Ada Bo Cy'],
    ['reverse', 'Turns the order round.', 'names | reverse | join: " "', 'Ada Cy Ada Bo'],
    ['uniq', 'Removes members that are there already.', 'names | uniq | join: " "', 'Bo Ada Cy'],
    ['compact', 'Removes members without a value.', 'names | compact | size', '4'],
    ['concat', 'Adds the members of another list.', 'names | concat: names | size', '8'],
    ['push', 'Adds a member at the end.', 'names | push: "Di" | last', 'Di'],
    ['unshift', 'Adds a member in front.', 'names | unshift: "Di" | first', 'Di'],
    ['pop', 'Removes the last member.', 'names | pop | join: " "', 'Bo Ada Cy'],
    ['shift', 'Removes the first member.', 'names | shift | join: " "', 'Ada Cy Ada'],
    ['sample', 'Takes members by chance.', 'names | sample: 3 | size', '3'],
    ['group_by', 'Groups of objects with the same value.', 'items | group_by: "name" | size', '2'],
    [
      'group_by_exp',
      'Groups of members with the same value of an expression.',
      'items | group_by_exp: "item", "item.price > 5" | size',
      '2',
    ],
  ]),
];

function rowsOf(of: FilterShown['of'], rows: readonly Row[]): readonly FilterShown[] {
  return rows.map(([name, sentence, example, result]) => ({ name, of, sentence, example, result }));
}
