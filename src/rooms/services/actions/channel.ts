import { randomBytes, randomInt } from 'node:crypto'
import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { decide, refuse } from '#platform/result.ts'
import { seal, unseal } from '#platform/secret.ts'
import { newSecret } from '#platform/signature.ts'
import { canBeTold } from '../domain/conversation.ts'
import { type accountForm, accountForm as accountInput, nameForm, nothing } from '../forms.ts'
import { may } from '../permissions.ts'
import { addAccount, holdAccount, revokeAccount } from '../store/account.ts'
import { addGateway, holdGateway, revokeGateway } from '../store/gateway.ts'
import { addLink, holdLink, revokeLink } from '../store/link.ts'
import { holdService, type Service } from '../store/service.ts'
import { publicOpening } from './talk.ts'

type Named = z.output<typeof nameForm>
type Nothing = Record<string, never>
/** `shown` is what is shown once: encrypted, so that a second click shows it too and nobody reads it in the log. */
type Shown = { id: string; name: string; shown: string }

/** A gateway may bring messages for a service from now on. */
export const openGateway: Action<Service, Named, Shown, 'not-by-message' | 'no-new-cases'> = {
  name: 'services.gateway-opened',
  find: holdService,
  may: may.manageGateway,
  input: nameForm,
  decide: (service, { name }) => {
    if (service.retired) return refuse('no-new-cases')
    const opening = publicOpening(service)
    if (!opening || !canBeTold(opening.form)) return refuse('not-by-message')
    return decide({ id: newId(), name, shown: seal(newSecret()) })
  },
  save: (tx, { agency, id: service }, { id, name, shown }, { actor, now }) =>
    addGateway(tx, { agency, id, service, name, secret: unseal(shown) }, { person: actor.id, at: now }),
  tell: ({ name }) => ({ name }),
  scope: ({ agency }) => agency,
}

type Open = { revoked: Date | null; agency: string; id: string; service: string }

/** It brings no messages any more, and conversations that were under way are forgotten. */
export const closeGateway: Action<Open & { name: string }, Nothing, { id: string }, 'over-already'> = {
  name: 'services.gateway-closed',
  find: holdGateway,
  may: may.manageGateway,
  input: nothing,
  decide: ({ revoked, id }) => (revoked ? refuse('over-already') : decide({ id })),
  save: (tx, gateway, _, { now }) => revokeGateway(tx, gateway, now),
  tell: (_, { name }) => ({ name }),
  scope: ({ agency }) => agency,
  subject: (_, { service }) => service,
}

// Without letters and digits that look alike on paper.
const letters = 'abcdefghjkmnpqrstvwxyz23456789'

/** A short address for the public form. */
export const makeLink: Action<
  Service,
  Named,
  { id: string; label: string; code: string },
  'not-public' | 'no-new-cases'
> = {
  name: 'services.link-made',
  find: holdService,
  may: may.manageLink,
  input: nameForm,
  decide: (service, { name }) => {
    if (service.retired) return refuse('no-new-cases')
    if (!publicOpening(service)) return refuse('not-public')
    const code = Array.from({ length: 7 }, () => letters[randomInt(letters.length)]).join('')
    return decide({ id: newId(), label: name, code })
  },
  save: (tx, { agency, id: service }, link, { actor, now }) =>
    addLink(tx, { agency, service, ...link }, { person: actor.id, at: now }),
  tell: ({ label }) => ({ label }),
  scope: ({ agency }) => agency,
}

/** The short address leads nowhere any more. */
export const endLink: Action<Open & { label: string }, Nothing, { id: string }, 'over-already'> = {
  name: 'services.link-revoked',
  find: holdLink,
  may: may.manageLink,
  input: nothing,
  decide: ({ revoked, id }) => (revoked ? refuse('over-already') : decide({ id })),
  save: (tx, link, _, { now }) => revokeLink(tx, link, now),
  tell: (_, { label }) => ({ label }),
  scope: ({ agency }) => agency,
  subject: (_, { service }) => service,
}

/** A program may work in a role of the service. Its token is shown once and kept as a hash. */
export const makeAccount: Action<
  Service,
  z.output<typeof accountForm>,
  Shown & { role: string; area: string },
  'role-unknown'
> = {
  name: 'services.account-made',
  find: holdService,
  may: may.manageAccount,
  input: accountInput,
  decide: ({ pkg }, { name, role, area }) =>
    pkg.roles.some(({ id }) => id === role)
      ? decide({ id: newId(), name, role, area, shown: seal(`mel_${randomBytes(24).toString('base64url')}`) })
      : refuse('role-unknown'),
  save: (tx, { agency, id: service }, { shown, ...account }, { actor, now }) =>
    addAccount(tx, { agency, service, ...account, token: unseal(shown) }, { person: actor.id, at: now }),
  tell: ({ name, role, area }) => ({ name, role, area }),
  scope: ({ agency }) => agency,
}

/** From now on its token opens nothing. */
export const endAccount: Action<Open & { name: string }, Nothing, { id: string }, 'over-already'> = {
  name: 'services.account-revoked',
  find: holdAccount,
  may: may.manageAccount,
  input: nothing,
  decide: ({ revoked, id }) => (revoked ? refuse('over-already') : decide({ id })),
  save: (tx, account, _, { now }) => revokeAccount(tx, account, now),
  tell: (_, { name }) => ({ name }),
  scope: ({ agency }) => agency,
  subject: (_, { service }) => service,
}
