// What the check knows about `format`: a sample text for each known format and a test of a text against it.
import type { Tri } from './json-schema.ts';

interface Format {
  readonly samples: readonly string[];
  readonly accepts: (text: string) => boolean;
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const FORMATS: ReadonlyMap<string, Format> = new Map(
  Object.entries({
    uuid: {
      samples: ['3f2504e0-4f89-41d3-9a0c-0305e82c3301'],
      accepts: (text) =>
        /^(?:urn:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(
          text,
        ),
    },
    date: { samples: ['2024-01-31', '2025-06-01'], accepts: isDate },
    time: { samples: ['10:30:00Z'], accepts: isTime },
    'date-time': {
      samples: ['2024-01-31T10:30:00Z', '2025-06-01T08:00:00.5Z'],
      accepts: (text) =>
        isDate(text.slice(0, 10)) &&
        /^[Tt\s]$/.test(text.charAt(10)) &&
        isTime(text.slice(11)),
    },
    email: {
      samples: ['a@example.com', 'buyer@example.com'],
      accepts: (text) =>
        /^[\w.+-]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i.test(
          text,
        ),
    },
    uri: {
      samples: ['https://example.com/a', 'urn:example:a'],
      accepts: (text) =>
        /^[a-z][a-z0-9+.-]*:[\w!#$&'()*+,./:;=?@~%-]+$/i.test(text),
    },
    ipv4: {
      samples: ['192.0.2.1'],
      accepts: (text) =>
        /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.|$)){4}$/.test(text) &&
        !text.endsWith('.'),
    },
    hostname: {
      samples: ['example.com'],
      accepts: (text) =>
        text.length < 254 &&
        /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i.test(
          text,
        ),
    },
  } satisfies Record<string, Format>),
);

/** Formats that validators know and that are not tested here: only these texts of them are known. */
const SAMPLED: ReadonlyMap<string, readonly string[]> = new Map([
  ['binary', ['', 'a']],
  ['byte', ['', 'YQ==']],
  ['duration', ['P1D', 'PT1H']],
  ['idn-email', ['a@example.com']],
  ['idn-hostname', ['example.com']],
  ['ipv6', ['2001:db8::1']],
  ['iri', ['https://example.com/a']],
  ['iri-reference', ['/a']],
  ['iso-date-time', ['2024-01-31T10:30:00Z']],
  ['iso-time', ['10:30:00Z']],
  ['json-pointer', ['', '/a']],
  ['json-pointer-uri-fragment', ['#/a']],
  ['password', ['', 'a']],
  ['regex', ['', 'a']],
  ['relative-json-pointer', ['0']],
  ['uri-reference', ['/a', 'https://example.com/a']],
  ['uri-template', ['/a']],
  ['url', ['https://example.com/a']],
]);

/** Formats whose texts all satisfy the wider formats listed with them (RFC 3986, 3987, 6531, 5890). */
const WIDER: ReadonlyMap<string, readonly string[]> = new Map([
  ['uri', ['uri-reference', 'iri', 'iri-reference']],
  ['uri-reference', ['iri-reference']],
  ['iri', ['iri-reference']],
  ['email', ['idn-email']],
  ['hostname', ['idn-hostname']],
]);

/**
 * Tests a text against a format.
 *
 * @returns `null` for a format that is not known here
 */
export function acceptsFormat(format: string, text: string): Tri {
  const known = FORMATS.get(format);
  if (known !== undefined) return known.accepts(text);
  return SAMPLED.get(format)?.includes(text) === true ? true : null;
}

/** Tells whether validators know a format; they pass over any other. */
export function isKnownFormat(format: string): boolean {
  return FORMATS.has(format) || SAMPLED.has(format);
}

/** Gives texts of a format, the plainest first; none for a format that is not known here. */
export function formatSamples(format: string): readonly string[] {
  return FORMATS.get(format)?.samples ?? SAMPLED.get(format) ?? [];
}

/** Tells whether every text of one format is a text of the other. */
export function impliesFormat(narrow: string, wide: string): boolean {
  return narrow === wide || (WIDER.get(narrow)?.includes(wide) ?? false);
}

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = [
    Number(match[1]),
    Number(match[2]),
    Number(match[3]),
  ];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return (
    day >= 1 && day <= (month === 2 && !isLeap ? 28 : (DAYS[month - 1] ?? 0))
  );
}

function isTime(text: string): boolean {
  return /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i.test(
    text,
  );
}
