import {
  type GeoJSONSource,
  Map as MapLibreMap,
  type MapMouseEvent,
  setWorkerUrl,
} from 'maplibre-gl';
import type { GeoJSON } from 'geojson';
import { clusterImage } from './cluster-image.ts';
import { signImages, SIGN_RATIO } from './glyph-images.ts';
import type { MapColours } from './map-colours.ts';
import type { Extent, RowPoint } from './map-data.ts';
import { CLUSTER_MAX_ZOOM, mapStyle, type SourceName } from './map-style.ts';
import { type Hit, whatWasClicked } from './what-was-clicked.ts';

/**
 * The WebGL map behind the component, without React. It owns the worker, the sources and what was put
 * in them; points are changed by difference and at most once a second, in a storm every other second,
 * because every change costs the worker a new clustering.
 */
// A bundler finds the worker's file only where its address is spelled out; else the map stays grey.
setWorkerUrl(new URL('maplibre-gl/dist/maplibre-gl-worker.mjs', import.meta.url).href);

const UPDATE_MS = 1_000;
/** Of so many at once no eye sees each come, and every update draws the whole map. */
const STORM = 20;
const STORM_MS = 2_000;
const PADDING_PX = 24;

export interface LiveMapEvents {
  selected(id: string | null): void;
  /** Several rows at one spot that no zoom takes apart. */
  stacked(ids: readonly string[]): void;
  clicked(lat: number, lon: number): void;
  moved(): void;
  /** The ground can be seen for the first time. */
  drawn(): void;
  /** Before anything was drawn: the worker did not come, or the context was lost. */
  failed(): void;
}

export interface LiveMapSettings {
  readonly container: HTMLElement;
  readonly colours: MapColours;
  readonly home: Extent;
  readonly bounds: Extent;
  readonly title: string;
  readonly events: LiveMapEvents;
}

export class LiveMap {
  readonly map: MapLibreMap;
  private readonly events: LiveMapEvents;
  private readonly kept = new Map<SourceName, { readonly data: GeoJSON; readonly text: string }>();
  private drawn = new Map<string, string>();
  private wanted: readonly RowPoint[] = [];
  private isLive = true;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private nextUpdate = 0;
  private ready = false;
  private colours: MapColours;

  /** @throws when the browser has no WebGL2 */
  constructor({ container, colours, home, bounds, title, events }: LiveMapSettings) {
    this.events = events;
    this.map = new MapLibreMap({
      container,
      style: mapStyle(colours, timesDesk()),
      bounds: mutable(home),
      fitBoundsOptions: { padding: PADDING_PX },
      ...(isWorld(bounds) ? {} : { maxBounds: mutable(bounds) }),
      renderWorldCopies: false,
      // Signs that fade draw the whole map twenty times for every change of its rows.
      fadeDuration: 0,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxZoom: 17,
      locale: { 'Map.Title': title },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.colours = colours;
    this.map.on('load', () => {
      this.loaded();
      events.drawn();
    });
    this.map.setMissingStyleImageResolver((name) => this.missing(name));
    this.map.on('moveend', () => events.moved());
    this.map.on('click', (event) => void this.clicked(event));
    this.map.on('error', () => {
      if (!this.ready) events.failed();
    });
    for (const layer of ['observations', 'clusters']) {
      this.map.on('mouseenter', layer, () => this.point(true));
      this.map.on('mouseleave', layer, () => this.point(false));
    }
  }

  remove(): void {
    clearTimeout(this.timer);
    this.map.remove();
  }

  /**
   * Replaces what a source draws; before the style has loaded it is kept for then. The same once more is no
   * change: every source that is set draws the whole map again.
   */
  draw(source: Exclude<SourceName, 'observations'>, data: GeoJSON): void {
    const text = JSON.stringify(data);
    if (this.kept.get(source)?.text === text) return;
    this.kept.set(source, { data, text });
    if (this.ready) void this.source(source)?.setData(data);
  }

  /**
   * The points to be shown; what differs from what is drawn goes to the worker within a second or two.
   *
   * @param live they come by themselves, and none of them is a moment that somebody waits for
   */
  show(points: readonly RowPoint[], live: boolean): void {
    this.wanted = points;
    this.isLive = live;
    if (!this.ready || this.timer !== undefined) return;
    const wait = Math.max(0, this.nextUpdate - performance.now());
    this.timer = setTimeout(() => this.update(), wait);
  }

  recolour(colours: MapColours): void {
    this.colours = colours;
    if (!this.ready) return;
    for (const { name, data } of signImages(colours)) this.map.updateImage(name, data);
    for (const name of this.map.listImages()) {
      const image = clusterImage(name, colours);
      if (image !== undefined) this.map.updateImage(name, image.data);
    }
    // Only the paint differs; the sources keep what was drawn into them.
    this.map.setStyle(mapStyle(colours, timesDesk()), {
      transformStyle: (before, next) =>
        before === undefined ? next : { ...next, sources: before.sources },
    });
  }

  home(extent: Extent): void {
    this.map.fitBounds(mutable(extent), { padding: PADDING_PX, duration: 0 });
  }

  extent(): Extent {
    const bounds = this.map.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  }

  limit(bounds: Extent): void {
    this.map.setMaxBounds(isWorld(bounds) ? null : mutable(bounds));
  }

  /** Moves only when the place is not in sight. */
  bring(lon: number, lat: number): void {
    if (!this.map.getBounds().contains([lon, lat]))
      this.map.easeTo({ center: [lon, lat], duration: 150 });
  }

  /** Comes near enough to see an extent, unless it is in sight and not tiny already. */
  frame(extent: Extent): void {
    const [west, south, east, north] = extent;
    const bounds = this.map.getBounds();
    const inSight = bounds.contains([west, south]) && bounds.contains([east, north]);
    const share = (east - west) / (bounds.getEast() - bounds.getWest());
    if (!inSight || share < 0.08)
      this.map.fitBounds(mutable(extent), { padding: 60, maxZoom: 13, duration: 150 });
  }

  metresPerPixel(): number {
    const { lat } = this.map.getCenter();
    return (78_271.517 * Math.cos((lat * Math.PI) / 180)) / 2 ** this.map.getZoom();
  }

  private loaded(): void {
    for (const { name, data } of signImages(this.colours))
      this.map.addImage(name, data, { pixelRatio: SIGN_RATIO });
    this.ready = true;
    for (const [source, { data }] of this.kept) void this.source(source)?.setData(data);
    this.update();
    this.events.moved();
  }

  private missing(name: string): void {
    const image = clusterImage(name, this.colours);
    if (image !== undefined) this.map.addImage(name, image.data, { pixelRatio: SIGN_RATIO });
  }

  private update(): void {
    this.timer = undefined;
    const next = new Map(this.wanted.map((point) => [point.properties.id, JSON.stringify(point)]));
    const add = this.wanted.filter(({ properties: { id } }) => this.drawn.get(id) !== next.get(id));
    const remove = [...this.drawn.keys()].filter((id) => !next.has(id));
    const changed = add.length + remove.length;
    // What is most of the map is another question, whose asker waits for it.
    const isWhole = this.drawn.size === 0 || changed > next.size / 2;
    const isStorm = this.isLive && changed >= STORM && !isWhole;
    this.nextUpdate = performance.now() + (isStorm ? STORM_MS : UPDATE_MS);
    const source = this.source('observations');
    if (source === undefined || changed === 0) return;
    // A difference as large as the whole is cheaper as the whole.
    if (isWhole) {
      void source.setData({ type: 'FeatureCollection', features: [...this.wanted] });
    } else {
      void source.updateData({ remove, add });
    }
    this.drawn = next;
  }

  private async clicked({ lngLat, point }: MapMouseEvent): Promise<void> {
    this.events.clicked(lngLat.lat, lngLat.lng);
    const source = this.source('observations');
    if (source === undefined) return;
    const clicked = await whatWasClicked(
      {
        hit: () => this.hit(point),
        expansionZoom: (cluster) => source.getClusterExpansionZoom(cluster),
        rowsOf: async (cluster) => {
          const leaves = await source.getClusterLeaves(cluster, 200, 0);
          return leaves.map((leaf) => String(leaf.properties?.['id']));
        },
        settled: async () => {
          if (!this.map.loaded()) await this.map.once('idle');
        },
      },
      CLUSTER_MAX_ZOOM,
    );
    if (clicked.at === 'row') this.events.selected(clicked.id);
    else if (clicked.at === 'stack') this.events.stacked(clicked.ids);
    else if (clicked.at === 'zoom')
      this.map.easeTo({ center: [clicked.lon, clicked.lat], zoom: clicked.zoom, duration: 150 });
  }

  /** What is drawn within five pixels of a point. */
  private hit({ x, y }: MapMouseEvent['point']): Hit | undefined {
    const around: [[number, number], [number, number]] = [
      [x - 5, y - 5],
      [x + 5, y + 5],
    ];
    const [drawn] = this.map.queryRenderedFeatures(around, {
      layers: ['clusters', 'observations'],
    });
    if (drawn?.geometry.type !== 'Point') return undefined;
    const [lon = 0, lat = 0] = drawn.geometry.coordinates;
    const { cluster_id: cluster, id } = drawn.properties;
    return { lon, lat, cluster: typeof cluster === 'number' ? cluster : undefined, id: String(id) };
  }

  private point(over: boolean): void {
    this.map.getCanvas().style.cursor = over ? 'pointer' : '';
  }

  private source(name: SourceName): GeoJSONSource | undefined {
    return this.map.getSource<GeoJSONSource>(name);
  }
}

/** All sizes of the screens are rem; those of the map are pixels and follow. */
function timesDesk(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
}

/** The whole world is no limit, and MapLibre cannot compute with it as one. */
function isWorld([west, , east]: Extent): boolean {
  return east - west >= 360;
}

function mutable([west, south, east, north]: Extent): [number, number, number, number] {
  return [west, south, east, north];
}
