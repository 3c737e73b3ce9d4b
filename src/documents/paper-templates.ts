import Handlebars from "handlebars";
import { IlmoError } from "../errors.ts";

/** Every template and its file below `templates/`. */
export const TEMPLATE_FILES = {
  invitation: "invitation/invitation.hbs",
  pictograms: "invitation/pictograms.hbs",
  roster: "roster/roster.hbs",
  completionRequest: "completion-request/completion-request.hbs",
  unitRequests: "completion-request/unit-requests.hbs",
  referral: "referral/referral.hbs",
  instruction: "instruction/instruction.hbs",
  doorList: "door-list/door-list.hbs",
  textsReview: "texts-review/texts-review.hbs",
} as const;

export type TemplateName = keyof typeof TEMPLATE_FILES;

/** Sources of the templates, as they lie in `templates/`. */
export interface TemplateSources {
  readonly templates: Readonly<Record<TemplateName, string>>;
  /** Partial name -> source. */
  readonly partials: Readonly<Record<string, string>>;
}

/** Compiled templates: a value that a template names and the view lacks is an error, never an empty place. */
export type Templates = Readonly<Record<TemplateName, (view: object) => string>>;

/** Marks a string as HTML that is already safe to print. */
export function safe(html: string): Handlebars.SafeString {
  return new Handlebars.SafeString(html);
}

const COMPILE = { strict: true, knownHelpersOnly: true, explicitPartialContext: true } as const;

/** Compiles the templates once. */
export function compileTemplates(sources: TemplateSources): Templates {
  const engine = Handlebars.create();
  for (const [name, source] of Object.entries(sources.partials)) engine.registerPartial(name, engine.compile(source, COMPILE));
  const compile = (name: string, source: string) => {
    const template = engine.compile<object>(source, COMPILE);
    return (view: object): string => {
      try {
        return template(view);
      } catch (cause) {
        throw new IlmoError("textMissing", "Expected every value that a template names. Compare the template with its view.", {
          cause,
          context: { template: name },
        });
      }
    };
  };
  const compiled = Object.entries(sources.templates).map(([name, source]) => [name, compile(name, source)]);
  return Object.fromEntries(compiled) as Templates;
}
