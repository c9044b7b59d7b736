import type { EventCatalogue } from '#platform/events.ts'

const said = {
  agreed: ['ada kesepakatan', 'they agreed'],
  'not-agreed': ['tidak ada kesepakatan', 'they did not agree'],
}
const outcomeOf = (p: Record<string, unknown>, lang: 0 | 1) => said[p.outcome as 'agreed']?.[lang] ?? String(p.outcome)

/** How a village that deliberates (musyawarah) chose. */
export const deliberationEvents: EventCatalogue = {
  'voting.deliberation-written': {
    about: 'The chair of the committee wrote down how a deliberation ended; another must confirm it.',
    id: (p) => `Hasil musyawarah versi ${p.version} ditulis: ${outcomeOf(p, 0)}, sidik ${String(p.hash).slice(0, 16)}.`,
    en: (p) =>
      `Version ${p.version} of the result of the deliberation was written: ${outcomeOf(p, 1)}, fingerprint ${String(p.hash).slice(0, 16)}.`,
  },
  'voting.deliberation-confirmed': {
    about: 'Another of the committee confirmed how a deliberation ended: the election is decided.',
    id: (p) => `Hasil musyawarah ditetapkan: ${outcomeOf(p, 0)}, sidik ${String(p.hash).slice(0, 16)}.`,
    en: (p) => `The deliberation was decided: ${outcomeOf(p, 1)}, fingerprint ${String(p.hash).slice(0, 16)}.`,
  },
}
