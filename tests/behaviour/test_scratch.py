from __future__ import annotations
import pytest
from behaviour.subjects import *
from behaviour.subjects import RESOURCES
R={r.name:r for r in RESOURCES}
from behaviour.account import *

def show(run):
    print("   ", {k:v for k,v in run.result.items() if k in("changed","failed","msg","diff","warnings","error")})
    print("   W", run.warnings,[(e.method,e.path.split("/",5)[-1],e.status, e.body) for e in run.requests])

@pytest.mark.parametrize("resource,place",[(R["ip"],"zone")])
def test_ip(scene):
    ip=scene.make()
    by={**scene.place,"id":ip["id"],"reverse":""}
    print(); 
    for i in range(2): show(scene.run(by))
    a=scene.account.post("/ips",project_id=PROJECT_ID,is_ipv6=True)
    print(a["ip_address"])
    show(scene.run({**scene.place,"ip_address":a["ip_address"].upper()}))
    import ipaddress
    show(scene.run({**scene.place,"ip_address":ipaddress.ip_address(a["ip_address"]).exploded}))
    show(scene.run({**scene.place,"ip_address":"198.18.0.300"}))
    show(scene.run({**scene.place,"tags":[]}))
    show(scene.run({**scene.place,"tags":["x"],"lb":"nope"}))
    show(scene.run({**scene.place,"tags":["x"],"lb":"outer"}, check=True))
    show(scene.run({**scene.place,"tags":["x"],"lb":"outer"}))
    show(scene.run({**scene.place,"tags":["x"],"lb":"elsewhere"}))
    show(scene.run({**scene.place,"tags":["x"],"state":"absent"}))
    show(scene.run({**scene.place,"tags":["y"],"reverse":"a.b"}))
    show(scene.run({**scene.place,"reverse":"a.b"}))
    show(scene.run({**scene.place,"reverse":"A.b"}))
    show(scene.run({**scene.place,"reverse":"a.b","tags":["q"]}))

@pytest.mark.parametrize("resource,place",[(R["lb"],"zone")])
def test_lb(scene):
    print()
    show(scene.run({**scene.minimal,"assign_flexible_ip":False,"ips":[scene.things.name("ip-a")]}))
    show(scene.run({**scene.minimal,"assign_flexible_ip":False,"ips":[scene.things.name("ip-a")]}))
    show(scene.run({**scene.minimal,"assign_flexible_ip":False}))
    show(scene.run({**scene.minimal,"ips":[]}))
    show(scene.run({**scene.minimal,"ips":[scene.things.name("ip-b")]}))
    show(scene.run({**scene.minimal,"type":"LB-GP-M","wait":False}))
    show(scene.run({**scene.minimal,"type":"LB-GP-M"}))
    show(scene.run({**scene.minimal,"type":"lb-nope"}))
    show(scene.run({**scene.minimal,"type":""}))
    show(scene.run({**scene.minimal,"tags":None,"description":""}))
    show(scene.run({**scene.minimal,"ips":["2001:DB8:0:0::"]}))
    show(scene.run({**scene.minimal,"ips":[scene.things.name("ip-6").upper(), scene.things.name("ip-a")]}))
    show(scene.run({**scene.minimal,"ips":["not-an-ip"]}))
    show(scene.run({**scene.minimal,"name":"two","ips":["00000000-0000-4000-8000-000000000000"]}))
    show(scene.run({**scene.minimal,"description":"q","ips":[scene.things.id("ip-6"), scene.things.name("ip-a"),"00000000-0000-4000-8000-000000000000"]}))
    show(scene.run({**scene.minimal,"state":"absent","wait":False}))
    show(scene.run({**scene.minimal,"state":"absent","wait":False}))
    show(scene.run({**scene.minimal}))
    show(scene.run({**scene.minimal,"project_id":TOKEN}))
    show(scene.run({**scene.minimal,"state":"absent","release_ip":True}))
    show(scene.run({**scene.place,"id":scene.things.id("outer").upper(),"project_id":TOKEN}))

@pytest.mark.parametrize("resource,place",[(R["acl"],"zone")])
def test_acl(scene):
    print()
    red={"type":"scheme","target":"https"}
    show(scene.run({**scene.minimal,"action":{"type":"allow","redirect":red}}))
    scene.make()
    for i in range(2): show(scene.run({**scene.identity,"action":{"type":"allow","redirect":red}}))
    show(scene.run({**scene.identity,"action":{"type":"redirect"}}))
    show(scene.run({**scene.identity,"action":{"type":"redirect","redirect":{"type":"location","target":""}}}))
    show(scene.run({**scene.identity,"match":{"ip_subnet":["10.0.0.1/8"]}}))
    show(scene.run({**scene.identity,"match":{"ip_subnet":["0.0.0.0/0"]}}))
    show(scene.run({**scene.identity,"match":{"ip_subnet":["10.0.0.0/8"]}}))
    show(scene.run({**scene.identity,"match":{"ips_edge_services":True}}))
    show(scene.run({**scene.identity,"match":{"ips_edge_services":True, "ip_subnet":[]}}))
    show(scene.run({**scene.identity,"match":{"ips_edge_services":True, "ip_subnet":[]}}))
    show(scene.run({**scene.identity,"match":{}}))
    show(scene.run({**scene.identity,"match":{"http_filter":"path_begin"}}))
    show(scene.run({**scene.identity,"match":{"http_filter":"path_begin","http_filter_value":["/a","/a"]}}))
    show(scene.run({**scene.identity,"match":{"http_filter":"path_begin","http_filter_value":["/a"]}}))
    show(scene.run({**scene.identity,"match":{"http_filter_value":[]}}))
    show(scene.run({**scene.identity,"match":{"http_filter":"acl_http_filter_none"}}))
    show(scene.run({**scene.place, "name":"name-one","lb":"outer","state":"absent"}))
    show(scene.run({**scene.place, "name":"name-one","frontend":scene.things.id("frontend-a"),"lb":"elsewhere","state":"absent"}))
    show(scene.run({**scene.place, "name":"name-one","frontend":scene.things.id("frontend-a"),"lb":"elsewhere"}))
    show(scene.run({**scene.place, "name":"name-x","frontend":scene.things.id("frontend-a"),"lb":"elsewhere","index":1,"action":{"type":"allow"}}))
    show(scene.run({**scene.place, "name":"name-x","frontend":"00000000-0000-4000-8000-000000000000","index":1,"action":{"type":"allow"}}))
    show(scene.run({**scene.place, "name":"name-x","frontend":"00000000-0000-4000-8000-000000000000","state":"absent"}))
    show(scene.run({**scene.place, "name":"name-x","frontend":"frontend-a","lb":"00000000-0000-4000-8000-000000000000","state":"absent"}))
    show(scene.run({**scene.place, "name":"name-x","frontend":"frontend-a","lb":"00000000-0000-4000-8000-000000000000","index":1,"action":{"type":"allow"}}))
    show(scene.info({**scene.place, "frontend":"00000000-0000-4000-8000-000000000000"}))
    show(scene.run({**scene.place, "name":"name-x","frontend":"frontend-a","state":"absent"}))

@pytest.mark.parametrize("resource,place",[(R["backend"],"zone")])
def test_backend(scene):
    print()
    b=scene.make()
    for o in [{"health_check":{"check_delay":""}},{"health_check":{"check_delay":"x"}},{"timeout_server":"0s"},{"timeout_server":"0s"},{"timeout_server":""},{"timeout_server":"1.5"},{"timeout_server":"1500000h"},{"timeout_queue":"5"},
      {"health_check":{}},{"health_check":{"http_config":{}}},{"health_check":{"tcp_config":{},"http_config":{"uri":"/"}}},{"health_check":{"tcp_config":{"x":1}}},{"health_check":{"port":0}},{"forward_port":70000},{"forward_port":0},{"server_ip":["nope"]},{"server_ip":["10.0.0.1","10.0.0.1"]},{"server_ip":["10.0.0.1","10.0.0.1"]},{"server_ip":["10.0.0.1"]},{"server_ip":["2001:DB8:0::1"]},{"server_ip":["2001:db8::1"]},
      {"name":""},{"id":b["id"],"name":""},{"max_retries":-1},{"failover_host":""},{"failover_host":"a"},{"failover_host":""},{"forward_protocol":"udp"},{"lb":""},{"zone":"fr-par-3"},{"zone":"","region":"pl-waw"},{"zone":"  "},{"lb":"0000"},{"id":"zzz"},{"wait_timeout":0},{"wait_timeout":-5},{"health_check":{"check_max_retries":3},"forward_port":81,"wait_timeout":0.1}]:
        print(o); show(scene.run({**scene.identity,**o}))
