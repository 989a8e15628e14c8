/** Who draws a map on this desk: nobody, its processor, or a graphics card. */
type Drawing = 'none' | 'software' | 'hardware';

/** As browsers name a drawing by the processor. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** Asked once a page, and before all of the library comes to a desk that has no WebGL2. */
let asked: Drawing | undefined;

export function drawingOfThisDesk(): Drawing {
  asked ??= askedOf(document.createElement('canvas').getContext('webgl2'));
  return asked;
}

function askedOf(context: WebGL2RenderingContext | null): Drawing {
  if (context === null) return 'none';
  const names = context.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = context.getParameter(
    names?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER,
  );
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return SOFTWARE.test(String(renderer)) ? 'software' : 'hardware';
}
