import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import type { Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { post } from '#platform/mail.ts'
import { type Decision, decide, refuse } from '#platform/result.ts'
import { type Install, type InstallRefusal, judgeInstall, saveInstall } from '#services'
import { afterInstall, judgeLicence, judgeParties } from '../domain/adopting.ts'
import type { State } from '../domain/process.ts'
import { adoptForm, interestForm } from '../forms.ts'
import { may } from '../permissions.ts'
import * as store from '../store/process.ts'
import { adminsOf } from '../store/question.ts'
import { copiedLetter } from './letters.ts'

type Wanted = { unit: string | null; area: string | null; learntFrom?: string | null }
export type WantRefusal = 'self-replication' | 'unit-unknown' | 'area-elsewhere' | 'source-unknown'

/** Whether this agency may copy this innovation for this unit and area, and as what. */
function judgeWanted(
  at: store.Adopting,
  { unit, area, learntFrom }: Wanted,
): Decision<{ expansion: boolean }, WantRefusal> {
  if (unit !== null && !at.units.includes(unit)) return refuse('unit-unknown')
  if (area !== null && !at.areas.includes(area)) return refuse('area-elsewhere')
  if (learntFrom && !at.sources.includes(learntFrom)) return refuse('source-unknown')
  return judgeParties(ownerOf(at), { agency: at.by.id, unit })
}

const ownerOf = ({ agency, publication }: store.Adopting) => ({
  agency: publication?.agency ?? agency,
  unit: publication?.unit ?? null,
})

const freshOf = (
  at: store.Adopting,
  wanted: Wanted,
  more: { id: string; state: State; expansion: boolean; reason: string },
) => ({
  agency: at.by.id,
  innovation: at.code,
  unit: wanted.unit,
  area: wanted.area,
  owner: ownerOf(at).agency,
  owner_unit: ownerOf(at).unit,
  learnt_from: wanted.learntFrom ?? null,
  ...more,
})

/** The owner of an innovation hears that it is being copied. */
async function tellOwner(tx: Tx, at: store.Adopting, process: string, installed: boolean) {
  const { agency } = ownerOf(at)
  if (agency === null || agency === at.by.id) return
  const about = { process, agency: at.by.name, innovation: at.name, installed }
  await post(
    tx,
    (await adminsOf(tx, agency)).map((reader) => copiedLetter(reader, about)),
  )
}

/** Say that the agency wants to copy an innovation. */
export const registerInterest = (
  code: string,
): Action<
  store.Adopting,
  z.output<typeof interestForm>,
  { process: string; expansion: boolean; what: () => z.output<typeof interestForm> },
  WantRefusal | 'already-copying'
> => ({
  name: 'replication.interest-registered',
  find: (tx, actor, agency) => store.holdAdopting(tx, actor, agency, code),
  may: (actor, { by }) => may.registerInterest(actor, { agency: by.id }),
  input: interestForm,
  decide: (at, wanted) => {
    const judged = judgeWanted(at, wanted)
    if (!judged.ok) return judged
    if (at.open.some(({ unit }) => unit === wanted.unit)) return refuse('already-copying')
    return decide({ process: newId(), expansion: judged.change.expansion, what: () => wanted })
  },
  save: async (tx, at, { process, expansion, what }, { actor, now }) => {
    const { reason } = what()
    const fresh = freshOf(at, what(), { id: process, state: 'interest', expansion, reason })
    await store.insertProcess(tx, fresh, 'interest', { person: actor.id, at: now })
    await tellOwner(tx, at, process, false)
  },
  tell: ({ expansion }) => ({ innovation: code, expansion }),
  scope: ({ by }) => by.id,
  subject: ({ process }) => process,
})

type Adopted = {
  process: string
  /** The replication that was under way; none: this begins one. */
  before: State | null
  service: string
  package: string
  version: string
  hash: string
  expansion: boolean
  what: () => { wanted: Wanted; install: Install }
}

/**
 * Install the published release of an innovation and begin to copy it, in one transaction: its examples are played
 * again, and of what goes wrong nothing is left.
 */
export const adoptPackage = (
  code: string,
): Action<
  store.Adopting,
  z.output<typeof adoptForm>,
  Adopted,
  WantRefusal | InstallRefusal | 'not-published' | 'approval-needed'
> => ({
  name: 'replication.package-adopted',
  find: (tx, actor, agency) => store.holdAdopting(tx, actor, agency, code),
  may: (actor, { by }) => may.adoptPackage(actor, { agency: by.id }),
  input: adoptForm,
  decide: async (at, wanted) => {
    if (!at.publication) return refuse('not-published')
    const judged = judgeWanted(at, wanted)
    if (!judged.ok) return judged
    const open = at.open.find(({ unit }) => unit === wanted.unit)
    const running = at.installer.installed.some(
      (one) => one.package === at.publication!.package && one.unit === wanted.unit,
    )
    if (running || open?.service) return refuse('already-installed')
    const offer = await at.offer()
    const licence = judgeLicence(offer.release.pkg.manifest.licence, open?.state ?? null)
    if (!licence.ok) return licence
    const installed = judgeInstall({ ...offer, unit: wanted.unit }, at.installer)
    if (!installed.ok) return installed
    const { pkg, hash } = installed.change
    const { id, version } = pkg.manifest
    const { expansion } = judged.change
    const about = { service: newId(), package: id, version, hash, expansion }
    const what = () => ({ wanted, install: installed.change })
    return decide({ process: open?.id ?? newId(), before: open?.state ?? null, ...about, what })
  },
  save: async (tx, at, { process, before, service, hash, expansion, what }, { actor, now }) => {
    const { wanted, install } = what()
    const by = { person: actor.id, at: now }
    await saveInstall(tx, at.by.id, { ...install, service, fresh: true }, by)
    const release = Buffer.from(hash, 'hex')
    if (before === null) {
      const fresh = freshOf(at, wanted, { id: process, state: 'interest', expansion, reason: '' })
      await store.insertProcess(tx, { ...fresh, service, hash: release }, 'adopt', by)
      return tellOwner(tx, at, process, true)
    }
    const { area, learntFrom } = wanted
    const state = afterInstall(before)
    const more = { service, hash: release, state, area, learnt_from: learntFrom ?? null }
    return store.saveInstalled(tx, { agency: at.by.id, id: process }, more, by)
  },
  tell: ({ package: id, version, hash, service, expansion }) => ({
    innovation: code,
    package: id,
    version,
    hash,
    service,
    expansion,
  }),
  scope: ({ by }) => by.id,
  subject: ({ process }) => process,
  also: ({ service, package: id, version, hash }, { by }) => [
    {
      name: 'services.package-installed',
      subject: service,
      scope: by.id,
      particulars: { package: id, version, hash },
    },
  ],
})
