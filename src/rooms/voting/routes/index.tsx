import { Hono } from 'hono'
import type { Env } from '#platform/http.ts'
import { routes as election } from './election.tsx'
import { routes as front } from './front.tsx'
import { routes as intake } from './intake.ts'

export const routes = new Hono<Env>()
routes.route('/', front)
routes.route('/', election)
routes.route('/', intake)
