import { Hono } from 'hono'
import type { Env } from '#platform/http.ts'
import { routes as api } from './api.ts'
import { routes as bulk } from './bulk.tsx'
import { routes as cases } from './case.tsx'
import { routes as channel } from './channel.tsx'
import { routes as document } from './document.tsx'
import { routes as draft } from './draft.tsx'
import { routes as draftRelease } from './draft-release.tsx'
import { routes as duplicate } from './duplicate.tsx'
import { routes as field } from './field.tsx'
import { routes as figures } from './figures.tsx'
import { routes as follow } from './follow.tsx'
import { routes as formSheet } from './form-sheet.tsx'
import { routes as gateway } from './gateway.ts'
import { routes as hook } from './hook.tsx'
import { routes as improvement } from './improvement.tsx'
import { routes as install } from './install.tsx'
import { routes as link } from './link.tsx'
import { routes as media } from './media.ts'
import { routes as offer } from './offer.tsx'
import { routes as phone } from './phone.tsx'
import { routes as post } from './post.tsx'
import { routes as service } from './service.tsx'
import { routes as studio } from './studio.tsx'
import { routes as trial } from './trial.tsx'
import { routes as upgrade } from './upgrade.tsx'
import { routes as worklist } from './worklist.tsx'

// What has a word of its own comes before /services/:service.
export const routes = new Hono<Env>()
routes.route('/', studio)
routes.route('/', draft)
routes.route('/', document)
routes.route('/', formSheet)
routes.route('/', trial)
routes.route('/', draftRelease)
routes.route('/', install)
routes.route('/', field)
routes.route('/', media)
routes.route('/', api)
routes.route('/', gateway)
routes.route('/', hook)
routes.route('/', phone)
routes.route('/', link)
routes.route('/', channel)
routes.route('/', worklist)
routes.route('/', bulk)
routes.route('/', cases)
routes.route('/', duplicate)
routes.route('/', offer)
routes.route('/', post)
routes.route('/', follow)
routes.route('/', improvement)
routes.route('/', upgrade)
routes.route('/', figures)
routes.route('/', service)
