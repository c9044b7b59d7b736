import { Hono } from 'hono'
import type { Env } from '#platform/http.ts'
import { routes as audit } from './audit.tsx'
import { routes as candidate } from './candidate.tsx'
import { routes as ceremony } from './ceremony.tsx'
import { routes as count } from './count.tsx'
import { routes as decision } from './decision.tsx'
import { routes as deliberation } from './deliberation.tsx'
import { routes as destruction } from './destruction.tsx'
import { routes as election } from './election.tsx'
import { routes as front } from './front.tsx'
import { routes as handIn } from './hand-in.tsx'
import { routes as intake } from './intake.ts'
import { routes as objection } from './objection.tsx'
import { routes as office } from './office.tsx'
import { routes as place } from './place.tsx'
import { routes as results } from './results.tsx'
import { routes as roll } from './roll/index.tsx'
import { routes as tps } from './tps.tsx'

export const routes = new Hono<Env>()
routes.route('/', front)
routes.route('/', election)
routes.route('/', intake)
routes.route('/', handIn)
routes.route('/', office)
routes.route('/', candidate)
routes.route('/', place)
routes.route('/', roll)
routes.route('/', ceremony)
routes.route('/', results)
routes.route('/', tps)
routes.route('/', objection)
routes.route('/', count)
routes.route('/', audit)
routes.route('/', decision)
routes.route('/', deliberation)
routes.route('/', destruction)
