import type { EventCatalogue } from '#platform/events.ts'

/** The ways in and out: messages, gateways, links, programs, hooks. */
export const channelEvents: EventCatalogue = {
  'services.message-heard': {
    about: 'A gateway brought a message of somebody. Neither the number nor the text stands here.',
    id: (p) => `Pesan masuk lewat ${p.gateway}.`,
    en: (p) => `A message came in by ${p.gateway}.`,
  },
  'services.gateway-opened': {
    about: 'A gateway may bring messages of citizens for a service.',
    id: (p) => `Gerbang pesan ${p.name} dibuka.`,
    en: (p) => `The message gateway ${p.name} was opened.`,
  },
  'services.gateway-closed': {
    about: 'A gateway brings no messages any more.',
    id: (p) => `Gerbang pesan ${p.name} ditutup.`,
    en: (p) => `The message gateway ${p.name} was closed.`,
  },
  'services.link-made': {
    about: 'A short address for the public form of a service was made.',
    id: (p) => `Tautan pendek ${p.label} dibuat.`,
    en: (p) => `The short link ${p.label} was made.`,
  },
  'services.link-revoked': {
    about: 'A short address leads nowhere any more.',
    id: (p) => `Tautan pendek ${p.label} dicabut.`,
    en: (p) => `The short link ${p.label} was revoked.`,
  },
  'services.account-made': {
    about: 'A program was given a token for the API, in one role of one service.',
    id: (p) => `Akun API ${p.name} dibuat untuk peran ${p.role}.`,
    en: (p) => `The API account ${p.name} was made for the role ${p.role}.`,
  },
  'services.account-revoked': {
    about: 'The token of a program holds no more.',
    id: (p) => `Akun API ${p.name} dicabut.`,
    en: (p) => `The API account ${p.name} was revoked.`,
  },
  'services.hook-made': {
    about: 'An address of the agency is told of events of its services.',
    id: (p) => `Pemberitahuan ke ${p.host} dibuat.`,
    en: (p) => `Notifications to ${p.host} were set up.`,
  },
  'services.hook-ended': {
    about: 'An address is told of nothing any more.',
    id: (p) => `Pemberitahuan ke ${p.host} diakhiri.`,
    en: (p) => `Notifications to ${p.host} ended.`,
  },
  'services.hook-secret-changed': {
    about: 'The secret by which an address knows us was changed; for a day both sign.',
    id: (p) => `Rahasia untuk ${p.host} diganti.`,
    en: (p) => `The secret for ${p.host} was changed.`,
  },
  'services.delivery-retried': {
    about: 'A notification that had been given up is sent again.',
    id: (p) => `Pemberitahuan ${p.name} dikirim lagi.`,
    en: (p) => `The notification ${p.name} is sent again.`,
  },
}
