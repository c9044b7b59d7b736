import { Hono } from 'hono'
import type { Env } from '#platform/http.ts'
import { panel } from './panel.tsx'

export const routes = new Hono<Env>()
routes.route('/', panel)
