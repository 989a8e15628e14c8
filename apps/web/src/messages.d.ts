import type messages from '../messages/en.json';

/** English is the catalogue that every key must be in; a misspelt key is a type error. */
declare module 'next-intl' {
  interface AppConfig {
    Locale: 'en';
    Messages: typeof messages;
  }
}
