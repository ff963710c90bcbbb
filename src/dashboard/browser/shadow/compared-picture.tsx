import type { TileShadow } from '../../api/shadow.ts';
import { pictureAddress } from '../shell/api.ts';
import { useResource } from '../shell/resource.ts';
import { comparedPaths } from './compared-paths.ts';

interface Props {
  readonly contentHash: string;
  readonly widthPx: 480 | 960;
  /** What it shows, in words. */
  readonly text: string;
}

/** A tile as photographed, with what both models found in it: the serving one solid, the shadow dashed, differences filled. */
export function ComparedPicture({ contentHash, widthPx, text }: Props) {
  const { data, error } = useResource<TileShadow>(`tiles/${contentHash}/shadow`);
  if (error !== null) return <p class="fault">{error.message}</p>;
  if (data === null) return <p class="faint">Reading what both models found…</p>;
  const { both, alone } = comparedPaths(data, data.widthPx / widthPx);
  return (
    <svg
      class="compared-picture"
      viewBox={`0 0 ${data.widthPx} ${data.heightPx}`}
      role="img"
      aria-label={text}
    >
      <image href={pictureAddress(contentHash, widthPx)} width={data.widthPx} height={data.heightPx} />
      <path class="serving" d={both.serving} />
      <path class="shadow" d={both.shadow} />
      <path class="serving alone" d={alone.serving} />
      <path class="shadow alone" d={alone.shadow} />
    </svg>
  );
}
