/* hooks.h - what the dispatcher asks of the room app: who is it, may he or she,
 * was it answered before. What is new is for the contexts to say: events. */
#ifndef APP_HOOKS_H
#define APP_HOOKS_H
#include "app/app.h"

struct http_hooks app_hooks(struct app *app, http_events_fn *events);
#endif
