import type { z } from 'zod'
import { z as zod } from 'zod'
import type { Action, Actor } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { decide } from '#platform/result.ts'
import { dayThatHasCome, judgeAddition, judgeStatus, judgeTakingBack, type Kept, type Said } from './domain/keeping.ts'
import { additionForm, agencyForm, type ContactForm, contactForm, goalsForm, partForm, statusForm } from './forms.ts'
import { may, speaksAs } from './permissions.ts'
import * as store from './store/keeping.ts'
import { type Synced, syncGallery } from './store/sync.ts'

const said = (actor: Actor, kept: Kept): Said => speaksAs(actor, kept)

/** Its agency, or the secretariat, says whether an innovation still lives. */
export const sayStatus: Action<
  Kept,
  z.output<typeof statusForm>,
  z.output<typeof statusForm> & { from: string },
  'status-in-future' | 'status-older'
> = {
  name: 'gallery.status-said',
  find: store.holdInnovation,
  may: may.sayStatus,
  input: statusForm,
  decide: (kept, word, { now }) => judgeStatus(kept, word, dayThatHasCome(now)),
  save: (tx, kept, word, { actor, now }) =>
    store.saveStatus(
      tx,
      kept.id,
      { status: word.status, on: word.on, reason: word.reason },
      {
        person: actor.id,
        said: said(actor, kept),
        at: now,
      },
    ),
  tell: ({ from, status, on }, { code }) => ({ code, from, status, on }),
  scope: (kept) => kept.agency,
}

/** How to reach the office that answers for it. */
export const giveContact: Action<Kept, ContactForm, ContactForm, never> = {
  name: 'gallery.contact-given',
  find: store.holdInnovation,
  may: may.giveContact,
  input: contactForm as zod.ZodType<ContactForm>,
  decide: (_, contact) => decide(contact),
  save: (tx, kept, contact) => store.saveContact(tx, kept.id, contact),
  // Which parts were given, not what they say: an address has no business in the log.
  tell: (contact, { code }) => ({
    code,
    parts: Object.entries(contact).flatMap(([part, value]) => (value ? [part] : [])),
  }),
  scope: (kept) => kept.agency,
}

export const chooseGoals: Action<Kept, { goals: number[] }, { goals: number[] }, never> = {
  name: 'gallery.goals-chosen',
  find: store.holdInnovation,
  may: may.chooseGoals,
  input: goalsForm as zod.ZodType<{ goals: number[] }>,
  decide: (_, { goals }) => decide({ goals }),
  save: (tx, kept, { goals }) => store.saveGoals(tx, kept.id, goals),
  tell: ({ goals }, { code }) => ({ code, goals }),
  scope: (kept) => kept.agency,
}

/** Something the record does not tell yet, in the words of its agency. */
export const addToStory: Action<Kept, z.output<typeof additionForm>, z.output<typeof additionForm>, 'story-full'> = {
  name: 'gallery.story-added',
  find: store.holdInnovation,
  may: may.addToStory,
  input: additionForm,
  decide: judgeAddition,
  save: (tx, kept, addition, { actor, now }) =>
    store.saveStory(tx, kept.id, [
      ...kept.story,
      { id: newId(), from: said(actor, kept), ...addition, at: now.toISOString() },
    ]),
  tell: ({ question }, { code }) => ({ code, question }),
  scope: (kept) => kept.agency,
}

export const takeFromStory: Action<Kept, { part: string }, { part: string }, 'story-gone'> = {
  name: 'gallery.story-taken-back',
  find: store.holdInnovation,
  may: may.addToStory,
  input: partForm,
  decide: (kept, { part }) => judgeTakingBack(kept, part),
  save: (tx, kept, { part }) =>
    store.saveStory(
      tx,
      kept.id,
      kept.story.filter((each) => each.id !== part),
    ),
  tell: ({ part }, { code, story }) => ({ code, question: story.find((each) => each.id === part)?.question }),
  scope: (kept) => kept.agency,
}

/** Which agency here keeps it up; the name in its source stays as the source has it. */
export const assignAgency: Action<Kept, { agency: string }, { agency: string }, never> = {
  name: 'gallery.agency-assigned',
  find: store.holdInnovation,
  may: may.assignAgency,
  input: agencyForm,
  decide: (_, { agency }) => decide({ agency }),
  save: (tx, kept, { agency }) => store.saveAgency(tx, kept.id, agency),
  tell: ({ agency }, { code }) => ({ code, agency }),
  scope: (kept) => kept.agency,
}

/** The gallery as a thing that acts are done to: its id in the log. */
export const galleryId = '00000000-0000-7000-8000-000000007019'

/** Bring the gallery up to the register now, without waiting for the hour. */
export const sync: Action<{ synced?: Synced }, Record<string, never>, { synced?: Synced }, never> = {
  name: 'gallery.synced',
  find: async () => ({}),
  may: may.sync,
  input: zod.object({}) as zod.ZodType<Record<string, never>>,
  decide: (gallery) => decide(gallery),
  save: async (tx, gallery) => {
    gallery.synced = await syncGallery(tx)
  },
  tell: (gallery) => ({ ...gallery.synced }),
  scope: () => null,
}
