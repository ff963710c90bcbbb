"""Stops a scan as soon as the particle size is known well enough, and picks the next furnace temperature:

python examples/controller.py mqtt://127.0.0.1:1883 phenom-1 LiCoO2 800
"""

import json
import os
import sys
import uuid
from urllib.parse import urlparse

from paho.mqtt.client import CallbackAPIVersion, Client, MQTTv5
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

url, instrument, sample, temperature_c = urlparse(sys.argv[1]), *sys.argv[2:5]
half_width = float(sys.argv[5]) if len(sys.argv) > 5 else 0.05
target = {"d50Um": {"min": 4, "max": 6}, "probability": 0.95}
base_topic = os.environ.get("PARTICLED_MQTT_BASE_TOPIC", "particled")  # the daemon's mqtt.baseTopic
answers = f"lab/controller/{uuid.uuid4()}"
stopped = False


def ask(verb, request):
    properties = Properties(PacketTypes.PUBLISH)
    properties.ResponseTopic, properties.CorrelationData = answers, verb.encode()
    topic = f"{base_topic}/{instrument}/command/{verb}"
    client.publish(topic, json.dumps(request), qos=1, properties=properties)


def on_connect(*_):
    client.subscribe([(answers, 1), (f"{base_topic}/{instrument}/sample/+/run/+/summary", 1)])
    ask("expect", {"sample": sample, "target": target, "precision": {"relativeHalfWidth": half_width}})


def on_message(_client, _data, message):
    content = json.loads(message.payload)
    if message.topic == answers:
        if not content["accepted"]:
            print(f"{content['verb']} is refused: {content['reason']}", file=sys.stderr)
    elif not message.retain and content["sample"]["label"] == sample:  # retained: an earlier run's
        heed(content)


def heed(summary):
    global stopped
    if summary["sufficiency"]["sufficient"] and not stopped:
        stopped = True
        client.publish("lab/scan/stop", json.dumps({"sample": sample}), qos=1)
        why = {"by": "examples/controller.py", "reason": f"D50 known to {100 * half_width:g} %"}
        ask("finalise", {"sample": sample, "run": summary["run"], **why})
    if summary["final"]:
        sizes = summary["statistics"]["all"]["diameterEquivalentUm"]
        d50_um = sizes and sizes["d50"]["value"]
        verdict = summary["decision"] and summary["decision"]["verdict"]
        result = {"tiles": summary["statistics"]["tiles"], "d50Um": d50_um, "verdict": verdict}
        print(json.dumps({**result, "nextTemperatureC": next_temperature_c(verdict, d50_um)}))
        client.disconnect()


def next_temperature_c(verdict, d50_um):
    """Grains grow with temperature. A verdict other than reject gives no reason to change it."""
    if verdict != "reject" or d50_um is None:
        return float(temperature_c)
    return float(temperature_c) + (-20 if d50_um > target["d50Um"]["max"] else 20)


client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTv5)
client.on_connect, client.on_message = on_connect, on_message
client.connect(url.hostname, url.port or 1883)
client.loop_forever()
