import { Hono } from 'hono'
import type { Env } from '#platform/http.ts'
import { routes as fix } from './fix.tsx'
import { routes as imports } from './import.tsx'
import { routes as invitations } from './invitations.tsx'
import { routes as overview } from './overview.tsx'
import { routes as print } from './print.tsx'
import { routes as questions } from './questions.tsx'
import { routes as queue } from './queue.tsx'
import { routes as voters } from './voters.tsx'

export const routes = new Hono<Env>()
routes.route('/', overview)
routes.route('/', imports)
routes.route('/', voters)
routes.route('/', questions)
routes.route('/', fix)
routes.route('/', invitations)
routes.route('/', print)
routes.route('/', queue)
