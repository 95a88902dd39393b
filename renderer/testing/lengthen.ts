import { catalogue } from '../i18n/catalogue.ts';

/**
 * `?long=1`: every English text in brackets and longer by two fifths, as a translation may be. This has to be imported before anything
 * that reads the catalogue. What stands in braces is left alone.
 */
const FILLING = 'und so weiter, wie man andernorts sagt, ';

const lengthened = (message: string): string => {
  const more = Math.ceil(message.replace(/\{[^{}]*\}/g, '').length * 0.4);
  return `[${message} ${FILLING.repeat(Math.ceil(more / FILLING.length))
    .slice(0, more)
    .trim()}]`;
};

if (new URLSearchParams(window.location.search).has('long')) {
  const texts: Record<string, string> = catalogue.en;
  for (const [key, message] of Object.entries(texts)) texts[key] = lengthened(message);
}
