import type messages from '../../messages/en.json';

/** Every word that the product uses in a sense of its own; the catalogue holds its meaning. */
export type TermId = keyof typeof messages.help.term;
