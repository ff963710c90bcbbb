import { z } from 'zod';

/**
 * What Home Assistant documents of its MQTT device discovery (home-assistant.io/integrations/mqtt, sensor.mqtt, button.mqtt),
 * as far as particled uses it, and strictly: a key that is not there is one that Home Assistant does not know.
 */
const publishTopic = z.string().regex(/^[^+#\0]+$/);
const template = z.string().regex(/\{[{%].*[%}]\}/s);
const entity = {
  unique_id: z.string().regex(/^[A-Za-z0-9_-]+$/),
  name: z.string().min(1),
  icon: z.string().startsWith('mdi:').optional(),
  entity_category: z.enum(['config', 'diagnostic']).optional(),
};

const sensor = z
  .strictObject({
    ...entity,
    platform: z.literal('sensor'),
    state_topic: publishTopic,
    value_template: template,
    json_attributes_topic: publishTopic.optional(),
    json_attributes_template: template.optional(),
    device_class: z.literal('enum').optional(),
    options: z.array(z.string()).min(1).optional(),
    state_class: z.enum(['measurement', 'total', 'total_increasing']).optional(),
    unit_of_measurement: z.string().optional(),
    suggested_display_precision: z.int().nonnegative().optional(),
  })
  // The integration refuses an enum with a unit or a state class, and options without an enum.
  .refine(({ device_class, state_class, unit_of_measurement }) =>
    device_class === 'enum' ? (state_class ?? unit_of_measurement) === undefined : true,
  )
  .refine(({ device_class, options }) => (device_class === 'enum') === (options !== undefined));

const button = z.strictObject({
  ...entity,
  platform: z.literal('button'),
  command_topic: publishTopic,
  payload_press: z.string(),
  qos: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  retain: z.boolean(),
});

/** The platform alone takes a component away. */
const removed = z.strictObject({ platform: z.enum(['sensor', 'button']) });

export const deviceDiscoverySchema = z.strictObject({
  device: z.strictObject({
    identifiers: z.array(z.string()).min(1),
    name: z.string(),
    manufacturer: z.string(),
    model: z.string(),
    sw_version: z.string(),
  }),
  origin: z.strictObject({ name: z.string(), sw_version: z.string() }),
  availability: z.array(
    z.strictObject({
      topic: publishTopic,
      value_template: template,
      payload_available: z.string(),
      payload_not_available: z.string(),
    }),
  ),
  qos: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  components: z.record(z.string(), z.union([sensor, button, removed])),
});
