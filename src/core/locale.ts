// The languages that documents are written in.

export type Locale = 'en' | 'fr';
