BEGIN TRANSACTION;
CREATE TABLE access_tokens (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	hint VARCHAR NOT NULL, 
	scopes JSON NOT NULL, 
	permission VARCHAR NOT NULL, 
	expires_at DATETIME, 
	last_used_at DATETIME, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(user_id) REFERENCES users (id), 
	UNIQUE (digest)
);
INSERT INTO "access_tokens" VALUES(1,1,1,'First start','bed245413f6f3678503c7bcf55c9ff46242c387b572d85ea7af10ea4551b3d0b6af4ff8056376581bd42385472639c69','9c5f','["account_management", "cms", "stats"]','rw',NULL,NULL,'2026-11-25 23:40:04.021942');
INSERT INTO "access_tokens" VALUES(2,2,3,'First start','120d388c86e38ef18a494c93cbe9064e6a6a89cde8219e3dc8cd3a95ffe24052ae1994904a843f314f623c52b9862f42','0a0b','["account_management", "cms", "stats"]','rw',NULL,NULL,'2026-11-25 23:40:04.123013');
INSERT INTO "access_tokens" VALUES(3,1,1,'read only','9801d59484ac54aa74d6c30c370b2c4ad0d4bec0cacd32d2f40b0f704fe2bd16beedf2bd8fdab3b4e22f058a757682e2','aba8','["account_management"]','ro','2999-01-01 00:00:00.000000',NULL,'2026-11-25 23:40:04.295462');
CREATE TABLE account_group_accounts (
	account_id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	PRIMARY KEY (account_id, group_id), 
	FOREIGN KEY(account_id) REFERENCES accounts (id), 
	FOREIGN KEY(group_id) REFERENCES account_groups (id)
);
INSERT INTO "account_group_accounts" VALUES(3,1);
CREATE TABLE account_group_sections (
	group_id INTEGER NOT NULL, 
	section_id INTEGER NOT NULL, 
	PRIMARY KEY (group_id, section_id), 
	FOREIGN KEY(group_id) REFERENCES account_groups (id), 
	FOREIGN KEY(section_id) REFERENCES sections (id)
);
INSERT INTO "account_group_sections" VALUES(1,1);
CREATE TABLE account_groups (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (provider_id, name), 
	FOREIGN KEY(provider_id) REFERENCES providers (id)
);
INSERT INTO "account_groups" VALUES(1,1,'Partners','2026-11-25 10:00:00.000000','2026-11-25 10:00:00.000000');
CREATE TABLE "account_plans" (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	system_name VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	is_default BOOLEAN NOT NULL, 
	approval_required BOOLEAN NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	description VARCHAR NOT NULL, 
	setup_fee NUMERIC(14, 4) NOT NULL, 
	cost_per_month NUMERIC(14, 4) NOT NULL, 
	trial_period_days INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	UNIQUE (provider_id, system_name)
);
INSERT INTO "account_plans" VALUES(1,1,'Default','default','published',1,0,'2026-11-25 23:40:04.014719','2026-11-25 23:40:04.014734','',0,0,0,1);
INSERT INTO "account_plans" VALUES(2,2,'Default','default','published',1,0,'2026-11-25 23:40:04.121537','2026-11-25 23:40:04.121550','',0,0,0,1);
INSERT INTO "account_plans" VALUES(3,1,'Silver','silver','published',0,1,'2026-11-25 23:40:04.214306','2026-11-25 23:40:04.236663','',0,0,0,2);
CREATE TABLE accounts (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	org_name VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	account_plan_id INTEGER NOT NULL, 
	created_by_provider BOOLEAN NOT NULL, 
	extra_fields JSON NOT NULL, 
	deletion_at DATETIME, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, wanted_plan_id INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(account_plan_id) REFERENCES account_plans (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id)
);
INSERT INTO "accounts" VALUES(1,1,'Developer','approved',1,0,'{}',NULL,'2026-11-25 23:40:04.098607','2026-11-25 23:40:04.113286',NULL);
INSERT INTO "accounts" VALUES(2,2,'Developer','approved',2,0,'{}',NULL,'2026-11-25 23:40:04.152654','2026-11-25 23:40:04.157915',NULL);
INSERT INTO "accounts" VALUES(3,1,'Zoo','approved',3,1,'{}',NULL,'2026-11-25 23:40:04.229988','2026-11-25 23:40:04.257079',NULL);
INSERT INTO "accounts" VALUES(4,1,'Circus','pending',3,1,'{}',NULL,'2026-11-25 23:40:04.239012','2026-11-25 23:40:04.245458',NULL);
INSERT INTO "accounts" VALUES(5,1,'Farm','created',1,0,'{}',NULL,'2026-11-25 23:40:04.248648','2026-11-25 23:40:04.248660',NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0043_mcp');
CREATE TABLE alerts (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	application_id INTEGER NOT NULL, 
	service_id INTEGER NOT NULL, 
	metric_id INTEGER NOT NULL, 
	metric_name VARCHAR NOT NULL, 
	period VARCHAR NOT NULL, 
	window_start DATETIME NOT NULL, 
	level INTEGER NOT NULL, 
	limit_value BIGINT NOT NULL, 
	used BIGINT NOT NULL, 
	state VARCHAR NOT NULL, 
	provider_state VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE, 
	FOREIGN KEY(application_id) REFERENCES applications (id) ON DELETE CASCADE, 
	FOREIGN KEY(service_id) REFERENCES services (id) ON DELETE CASCADE, 
	FOREIGN KEY(metric_id) REFERENCES metrics (id) ON DELETE CASCADE, 
	UNIQUE (application_id, metric_id, period, window_start, level)
);
INSERT INTO "alerts" VALUES(1,1,3,3,3,1,'Hits','day','2026-11-25 10:00:00.000000',80,100,80,'unread','read','2026-11-25 10:00:00.000000');
CREATE TABLE "api_docs_services" (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	service_id INTEGER, 
	name VARCHAR NOT NULL, 
	system_name VARCHAR NOT NULL, 
	description VARCHAR NOT NULL, 
	body TEXT NOT NULL, 
	published BOOLEAN NOT NULL, 
	skip_swagger_validations BOOLEAN NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	source_url VARCHAR NOT NULL, 
	outline TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (provider_id, system_name), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(service_id) REFERENCES services (id)
);
INSERT INTO "api_docs_services" VALUES(1,1,1,'Echo API','echo_api','Answers what it received.','{
  "openapi": "3.0.3",
  "info": {
    "title": "Echo API",
    "description": "A sample API: it accepts any path and answers what it received.",
    "version": "1.0.0"
  },
  "servers": [
    {
      "url": "/gateway/staging/api"
    }
  ],
  "security": [
    {
      "user_key": []
    }
  ],
  "paths": {
    "/": {
      "get": {
        "operationId": "echo",
        "summary": "Echo a call",
        "responses": {
          "200": {
            "description": "What the API received: method, path, args, headers and body.",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object"
                }
              }
            }
          },
          "403": {
            "description": "The key is missing or wrong."
          },
          "429": {
            "description": "A limit of your plan is used up."
          }
        }
      }
    },
    "/{path}": {
      "get": {
        "operationId": "echoPath",
        "summary": "Echo a call to any path",
        "parameters": [
          {
            "name": "path",
            "in": "path",
            "required": true,
            "schema": {
              "type": "string"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "What the API received: method, path, args, headers and body.",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object"
                }
              }
            }
          },
          "403": {
            "description": "The key is missing or wrong."
          },
          "429": {
            "description": "A limit of your plan is used up."
          }
        }
      }
    }
  },
  "components": {
    "securitySchemes": {
      "user_key": {
        "type": "apiKey",
        "in": "query",
        "name": "user_key"
      }
    }
  }
}',1,0,'2026-11-25 23:40:04.087765','2026-11-25 23:40:04.087781','','');
INSERT INTO "api_docs_services" VALUES(2,2,2,'Echo API','echo_api','Answers what it received.','{
  "openapi": "3.0.3",
  "info": {
    "title": "Echo API",
    "description": "A sample API: it accepts any path and answers what it received.",
    "version": "1.0.0"
  },
  "servers": [
    {
      "url": "http://api-globex.staging.localhost:8000"
    }
  ],
  "security": [
    {
      "user_key": []
    }
  ],
  "paths": {
    "/": {
      "get": {
        "operationId": "echo",
        "summary": "Echo a call",
        "responses": {
          "200": {
            "description": "What the API received: method, path, args, headers and body.",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object"
                }
              }
            }
          },
          "403": {
            "description": "The key is missing or wrong."
          },
          "429": {
            "description": "A limit of your plan is used up."
          }
        }
      }
    },
    "/{path}": {
      "get": {
        "operationId": "echoPath",
        "summary": "Echo a call to any path",
        "parameters": [
          {
            "name": "path",
            "in": "path",
            "required": true,
            "schema": {
              "type": "string"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "What the API received: method, path, args, headers and body.",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object"
                }
              }
            }
          },
          "403": {
            "description": "The key is missing or wrong."
          },
          "429": {
            "description": "A limit of your plan is used up."
          }
        }
      }
    }
  },
  "components": {
    "securitySchemes": {
      "user_key": {
        "type": "apiKey",
        "in": "query",
        "name": "user_key"
      }
    }
  }
}',1,0,'2026-11-25 23:40:04.149344','2026-11-25 23:40:04.149360','','');
INSERT INTO "api_docs_services" VALUES(3,1,3,'Pets','pets','','{"openapi": "3.1.0", "info": {"title": "Pets", "version": "1"}, "paths": {}}',1,0,'2026-11-25 23:40:04.222131','2026-11-25 23:40:04.222145','','');
CREATE TABLE api_docs_versions (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	api_docs_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	body TEXT NOT NULL, 
	size INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	changes TEXT NOT NULL, 
	breaking INTEGER NOT NULL, 
	is_public BOOLEAN NOT NULL, 
	author VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(api_docs_id) REFERENCES api_docs_services (id), 
	UNIQUE (api_docs_id, number)
);
INSERT INTO "api_docs_versions" VALUES(1,1,1,1,'',1940,'','',0,1,'','2026-11-25 23:40:04.087781');
INSERT INTO "api_docs_versions" VALUES(2,2,2,1,'',1960,'','',0,1,'','2026-11-25 23:40:04.149360');
INSERT INTO "api_docs_versions" VALUES(3,1,3,1,'',76,'','',0,1,'','2026-11-25 23:40:04.222145');
CREATE TABLE application_keys (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	application_id INTEGER NOT NULL, 
	digest BLOB NOT NULL, 
	sealed BLOB NOT NULL, 
	created_at DATETIME NOT NULL, ends_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(application_id) REFERENCES applications (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	UNIQUE (application_id, digest)
);
INSERT INTO "application_keys" VALUES(1,1,9,X'64E6521ACEFF01B59FE0F78A4FEB096E338DCFC3D721F72E637DEEFF2A986AB7',X'5A6E00C04F7A4AFDFFB56F79FFDD76923E3A79DE90835F27047EBDA2877076F8BFAA39267521D99A3D5513716FE284D40F75AA06B9','2026-11-25 23:40:04.265099',NULL);
INSERT INTO "application_keys" VALUES(2,1,9,X'189F5BE0E2D23C97046D43D20A231781404BD253E6DE1F8F841E05949CDFC78A',X'BEAC8522B4D15E2BE8BCFE217CE464D50AB6680EDCE7A54AA324C23F85607A723612FF7636DC18F5BB93920C3B38B56F0F8A0F054117D06ADA3A5B87','2026-11-25 23:40:04.267390',NULL);
CREATE TABLE "application_plans" (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	service_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	system_name VARCHAR NOT NULL, 
	description VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	is_default BOOLEAN NOT NULL, 
	approval_required BOOLEAN NOT NULL, 
	setup_fee NUMERIC(14, 4) NOT NULL, 
	cost_per_month NUMERIC(14, 4) NOT NULL, 
	trial_period_days INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(service_id) REFERENCES services (id), 
	UNIQUE (service_id, system_name)
);
INSERT INTO "application_plans" VALUES(1,1,1,'Basic','basic','','published',1,0,0,0,0,1,'2026-11-25 23:40:04.068463','2026-11-25 23:40:04.080472');
INSERT INTO "application_plans" VALUES(2,1,1,'Unlimited','unlimited','','published',0,0,0,0,0,2,'2026-11-25 23:40:04.073782','2026-11-25 23:40:04.076994');
INSERT INTO "application_plans" VALUES(3,2,2,'Basic','basic','','published',1,0,0,0,0,1,'2026-11-25 23:40:04.139049','2026-11-25 23:40:04.144639');
INSERT INTO "application_plans" VALUES(4,2,2,'Unlimited','unlimited','','published',0,0,0,0,0,2,'2026-11-25 23:40:04.141091','2026-11-25 23:40:04.143385');
INSERT INTO "application_plans" VALUES(5,1,3,'Gold','gold','For zoos.','published',0,0,120.5,9.9,14,3,'2026-11-25 23:40:04.199638','2026-11-25 23:40:04.210693');
INSERT INTO "application_plans" VALUES(6,1,3,'Free','free','','hidden',1,0,0,0,0,2,'2026-11-25 23:40:04.208538','2026-11-25 23:40:04.211917');
INSERT INTO "application_plans" VALUES(7,1,3,'Hidden','hidden','','hidden',0,1,0,0.01,0,3,'2026-11-25 23:40:04.212329','2026-11-25 23:40:04.212344');
INSERT INTO "application_plans" VALUES(8,1,3,'Gold (copy)','gold_copy_4','For zoos.','hidden',0,0,120.5,9.9,14,4,'2026-11-25 23:40:04.217137','2026-11-25 23:40:04.217150');
CREATE TABLE applications (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	service_id INTEGER NOT NULL, 
	plan_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	description VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	application_id VARCHAR NOT NULL, 
	user_key_digest BLOB NOT NULL, 
	user_key_sealed BLOB NOT NULL, 
	redirect_url VARCHAR NOT NULL, 
	origin VARCHAR NOT NULL, 
	extra_fields JSON NOT NULL, 
	first_traffic_at DATETIME, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, wanted_plan_id INTEGER, old_key_digest BLOB, old_key_ends_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(account_id) REFERENCES accounts (id), 
	FOREIGN KEY(plan_id) REFERENCES application_plans (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(service_id) REFERENCES services (id), 
	UNIQUE (service_id, application_id), 
	UNIQUE (service_id, user_key_digest)
);
INSERT INTO "applications" VALUES(1,1,1,1,1,'Developer''s App','API signup','live','79548922',X'652643D672A45AB03A85C563351D18B5E9E513C1C38631CA2FE4F2892154AF41',X'6098658D61AD1544533E4917D560780803FC5D5ED8A11DA898EAA8120D7B56D542BF32A1898CAF980415BA9D360B2536031C5D39AFDDD832E05F5D00','','api','{}',NULL,'2026-11-25 23:40:04.109270','2026-11-25 23:40:04.109286',NULL,NULL,NULL);
INSERT INTO "applications" VALUES(2,2,2,2,3,'Developer''s App','API signup','live','17873a96',X'0ED8E5848E0B1E43664C3D8E03F2165263B04C652079725DD2970E06ACE6486E',X'2F5D649B256BA5B93918E5D16A1D6352261385E06D4DFA27F9DEDB6A86E13C018E17293EC738490CDEE3D1D44213FABCA49606B3DA4A8F2E8B009DAA','','api','{}',NULL,'2026-11-25 23:40:04.156293','2026-11-25 23:40:04.156307',NULL,NULL,NULL);
INSERT INTO "applications" VALUES(3,1,3,3,5,'Zoo app','Created at signup.','live','c44d2032',X'4FE31FA4A5DF28DE645FD084421C3B00E58A83D03B1DE6BEF86DFB994644991A',X'7ED5D8C74534E4FC151425DDA2C4177DEEFDBDE38DD23FFB59D9B418E10AE21663A35C5683DC453AEF5AC8783E115B0B8C7B2B9C26396001EE942826','','provider','{}',NULL,'2026-11-25 23:40:04.234051','2026-11-25 23:40:04.234064',NULL,NULL,NULL);
INSERT INTO "applications" VALUES(4,1,4,1,1,'Circus''s App','Created at signup.','live','414d304a',X'612DC282B774E20E09C873BFDF10F0BE52C3F8170CEA39864D082F54667A91B6',X'56FC2E07C721EBBB241E6933B9076A47DE92D15B5FD571398016E8FB9169AC78FCD5E656370EF0E66C8616C30BB5518172EB4F932B8C861D36066641','','provider','{}',NULL,'2026-11-25 23:40:04.242737','2026-11-25 23:40:04.242749',NULL,NULL,NULL);
INSERT INTO "applications" VALUES(5,1,4,3,6,'Circus''s App','Created at signup.','live','9f116f56',X'BFC9901626B205CBEB38E098E74F5C1664FC5EFD8C84197E4E1BE9A447E85440',X'E43389B8193FFE9CE7859D6AC5B78926FD9766B9F50FB22CC82CCC6FDC96072FF18E67B226644FE18D39B216942F76B4298DA27E59F2FA6667237589','','provider','{}',NULL,'2026-11-25 23:40:04.244101','2026-11-25 23:40:04.244113',NULL,NULL,NULL);
INSERT INTO "applications" VALUES(6,1,5,1,1,'API signup','API signup','live','d5530c5d',X'D5B384B1B13484F94701CB545FFCCD2C55AADC0B692266C3E4719BFE21A1D3F9',X'B5FFFBAEC1F263452EECEFF3C908DC87D8B9B5F39D4E9280512C5BF15FD0E631F56A8B5BC654AB76C3811598E0690DAD6C4779F747FCCE4FCB539C3C','','api','{}',NULL,'2026-11-25 23:40:04.253162','2026-11-25 23:40:04.253175',NULL,NULL,NULL);
INSERT INTO "applications" VALUES(7,1,5,3,6,'API signup','API signup','live','07b75936',X'636EE25D3EBA7ABC59FA451E04A5CB64A1B64459F94D104F691B532850AD9A02',X'74441C19DB3BB394241FF049A8C7D537C98F44C64B793C15993488BC5C48E78C0488EA0845435220AD329BB3EBA36925DE58ADC15AA928F29297E90F','','api','{}',NULL,'2026-11-25 23:40:04.254569','2026-11-25 23:40:04.254583',NULL,NULL,NULL);
INSERT INTO "applications" VALUES(8,1,3,3,7,'Waits','','pending','29e2d898',X'9DFF08C61D345758662B88B5EC093A383EF80D779835DA171F01F6936F7EA1F9',X'2BB7D4EB278D831C99E112B109C66457A194C826283AE6C52512B7653E46ABD796B357FC9881297995BFB4CDA3165B7100EC659C5DE32C9E9E489A25','','provider','{}',NULL,'2026-11-25 23:40:04.259488','2026-11-25 23:40:04.259504',NULL,NULL,NULL);
INSERT INTO "applications" VALUES(9,1,3,3,6,'Out of order','','suspended','454caa33',X'4CBC83C7AAE2FFB944D7D098919EBF0424305A937694868ECB9981A8AF09E83F',X'EB798A3D5F7E3478680B2F7BC5AE819EF91DBCFED0D3FF3FECFC2EDF9AE9995062F2F86F99B371796D552F10FB9DBB5F3F2F3375C3963A0CA201DBAC','','provider','{}',NULL,'2026-11-25 23:40:04.261870','2026-11-25 23:40:04.268935',NULL,NULL,NULL);
INSERT INTO "applications" VALUES(10,1,3,3,5,'Fixed key','','live','d3bae304',X'C3DACBE222B69DF9B92A2316ACA59361E28E0F8E5E63872305250214028A5492',X'BE199168446D51E3146EDC227E4DD07F2A2EF2B2058A2A0D285D0457F8066556A444FB815F38EABD4B3B1444102DFA724731C5B2889790','','provider','{}',NULL,'2026-11-25 23:40:04.270309','2026-11-25 23:40:04.272194',NULL,NULL,NULL);
CREATE TABLE authentication_providers (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	system_name VARCHAR NOT NULL, 
	client_id VARCHAR NOT NULL, 
	client_secret_sealed BLOB NOT NULL, 
	site VARCHAR NOT NULL, 
	identifier_key VARCHAR NOT NULL, 
	username_key VARCHAR NOT NULL, 
	trust_email BOOLEAN NOT NULL, 
	published BOOLEAN NOT NULL, 
	automatically_approve_accounts BOOLEAN NOT NULL, 
	fault VARCHAR NOT NULL, 
	fault_at DATETIME, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	UNIQUE (provider_id, system_name)
);
INSERT INTO "authentication_providers" VALUES(1,1,'keycloak','Keycloak','keycloak','portal',X'9206579EF9BB9BCE2D0C611CBC82A00C8E78C16566CE98606F368EB27A254138C47A3D64B1517C42782CB61351D8C0FA11','https://id.example.com/realms/apis','sub','preferred_username',1,1,0,'','2026-11-25 10:00:00.000000','2026-11-25 10:00:00.000000','2026-11-25 10:00:00.000000');
CREATE TABLE authenticators (
	user_id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	secret_sealed BLOB NOT NULL, 
	last_step INTEGER NOT NULL, 
	confirmed_at DATETIME, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (user_id), 
	FOREIGN KEY(user_id) REFERENCES users (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id)
);
INSERT INTO "authenticators" VALUES(2,1,X'0FD614038052BC51273279FBD03C7C544CDA1BFF2C6F65618FD52EC62802A46E78D2C0254EEFCB91C63761F9E98852FDCA',1,'2026-11-25 10:00:00.000000','2026-11-25 10:00:00.000000');
CREATE TABLE domains (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	service_id INTEGER, 
	name VARCHAR NOT NULL, 
	serves VARCHAR NOT NULL, 
	is_primary BOOLEAN NOT NULL, 
	moves VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	proof VARCHAR NOT NULL, 
	token VARCHAR NOT NULL, 
	problem VARCHAR NOT NULL, 
	failures INTEGER NOT NULL, 
	checked_at DATETIME, 
	verified_at DATETIME, 
	failing_since DATETIME, 
	next_check_at DATETIME, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(service_id) REFERENCES services (id), 
	UNIQUE (provider_id, name)
);
INSERT INTO "domains" VALUES(1,1,NULL,'developers.example.com','portal',1,'','verified','dns','token-of-the-fixture','',1,'2026-11-25 10:00:00.000000','2026-11-25 10:00:00.000000',NULL,'2026-11-25 10:00:00.000000','2026-11-25 10:00:00.000000','2026-11-25 10:00:00.000000');
CREATE TABLE "events" (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	actor VARCHAR NOT NULL, 
	user_id INTEGER, 
	account_id INTEGER, 
	service_id INTEGER, 
	subject_id INTEGER, 
	payload JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	delivered_at DATETIME, 
	facts JSON NOT NULL, transaction_id BIGINT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id)
);
INSERT INTO "events" VALUES(1,1,'provider.created','system',NULL,NULL,NULL,1,'{}','2026-11-25 23:40:04.022215',NULL,'{}',NULL);
INSERT INTO "events" VALUES(2,1,'service.created','system',NULL,NULL,1,1,'{}','2026-11-25 23:40:04.031697',NULL,'{}',NULL);
INSERT INTO "events" VALUES(3,1,'proxy_config.deployed','system',NULL,NULL,1,1,'{"version": [null, 1]}','2026-11-25 23:40:04.061994',NULL,'{}',NULL);
INSERT INTO "events" VALUES(4,1,'feature.created','system',NULL,NULL,1,1,'{}','2026-11-25 23:40:04.064886',NULL,'{}',NULL);
INSERT INTO "events" VALUES(5,1,'feature.created','system',NULL,NULL,1,2,'{}','2026-11-25 23:40:04.066493',NULL,'{}',NULL);
INSERT INTO "events" VALUES(6,1,'feature.created','system',NULL,NULL,1,3,'{}','2026-11-25 23:40:04.067767',NULL,'{}',NULL);
INSERT INTO "events" VALUES(7,1,'plan.created','system',NULL,NULL,1,1,'{}','2026-11-25 23:40:04.072718',NULL,'{"plan": "ApplicationPlan"}',NULL);
INSERT INTO "events" VALUES(8,1,'plan.created','system',NULL,NULL,1,2,'{}','2026-11-25 23:40:04.075185',NULL,'{"plan": "ApplicationPlan"}',NULL);
INSERT INTO "events" VALUES(9,1,'plan.updated','system',NULL,NULL,1,1,'{"is_default": [false, true]}','2026-11-25 23:40:04.079269',NULL,'{"plan": "ApplicationPlan"}',NULL);
INSERT INTO "events" VALUES(10,1,'plan.updated','system',NULL,NULL,1,1,'{"included": [false, true]}','2026-11-25 23:40:04.082689',NULL,'{"plan": "ApplicationPlan", "feature": "Unlimited Greetings"}',NULL);
INSERT INTO "events" VALUES(11,1,'plan.updated','system',NULL,NULL,1,2,'{"included": [false, true]}','2026-11-25 23:40:04.084582',NULL,'{"plan": "ApplicationPlan", "feature": "Unlimited Greetings"}',NULL);
INSERT INTO "events" VALUES(12,1,'plan.updated','system',NULL,NULL,1,2,'{"included": [false, true]}','2026-11-25 23:40:04.085703',NULL,'{"plan": "ApplicationPlan", "feature": "24/7 support"}',NULL);
INSERT INTO "events" VALUES(13,1,'plan.updated','system',NULL,NULL,1,2,'{"included": [false, true]}','2026-11-25 23:40:04.086655',NULL,'{"plan": "ApplicationPlan", "feature": "Unlimited calls"}',NULL);
INSERT INTO "events" VALUES(14,1,'api_docs.created','system',NULL,NULL,1,1,'{}','2026-11-25 23:40:04.090346',NULL,'{}',NULL);
INSERT INTO "events" VALUES(15,1,'account.created','system',NULL,1,NULL,1,'{}','2026-11-25 23:40:04.104614',NULL,'{}',NULL);
INSERT INTO "events" VALUES(16,1,'application.created','system',NULL,1,1,1,'{}','2026-11-25 23:40:04.111693',NULL,'{}',NULL);
INSERT INTO "events" VALUES(17,1,'user.created','system',NULL,1,NULL,2,'{}','2026-11-25 23:40:04.112454',NULL,'{}',NULL);
INSERT INTO "events" VALUES(18,1,'proxy_config.promoted','system',NULL,NULL,1,2,'{"version": [null, 1]}','2026-11-25 23:40:04.118363',NULL,'{}',NULL);
INSERT INTO "events" VALUES(19,2,'provider.created','system',NULL,NULL,NULL,2,'{}','2026-11-25 23:40:04.123201',NULL,'{}',NULL);
INSERT INTO "events" VALUES(20,2,'service.created','system',NULL,NULL,2,2,'{}','2026-11-25 23:40:04.125874',NULL,'{}',NULL);
INSERT INTO "events" VALUES(21,2,'proxy_config.deployed','system',NULL,NULL,2,3,'{"version": [null, 1]}','2026-11-25 23:40:04.134625',NULL,'{}',NULL);
INSERT INTO "events" VALUES(22,2,'feature.created','system',NULL,NULL,2,4,'{}','2026-11-25 23:40:04.136061',NULL,'{}',NULL);
INSERT INTO "events" VALUES(23,2,'feature.created','system',NULL,NULL,2,5,'{}','2026-11-25 23:40:04.137318',NULL,'{}',NULL);
INSERT INTO "events" VALUES(24,2,'feature.created','system',NULL,NULL,2,6,'{}','2026-11-25 23:40:04.138461',NULL,'{}',NULL);
INSERT INTO "events" VALUES(25,2,'plan.created','system',NULL,NULL,2,3,'{}','2026-11-25 23:40:04.140383',NULL,'{"plan": "ApplicationPlan"}',NULL);
INSERT INTO "events" VALUES(26,2,'plan.created','system',NULL,NULL,2,4,'{}','2026-11-25 23:40:04.142412',NULL,'{"plan": "ApplicationPlan"}',NULL);
INSERT INTO "events" VALUES(27,2,'plan.updated','system',NULL,NULL,2,3,'{"is_default": [false, true]}','2026-11-25 23:40:04.144140',NULL,'{"plan": "ApplicationPlan"}',NULL);
INSERT INTO "events" VALUES(28,2,'plan.updated','system',NULL,NULL,2,3,'{"included": [false, true]}','2026-11-25 23:40:04.145344',NULL,'{"plan": "ApplicationPlan", "feature": "Unlimited Greetings"}',NULL);
INSERT INTO "events" VALUES(29,2,'plan.updated','system',NULL,NULL,2,4,'{"included": [false, true]}','2026-11-25 23:40:04.146319',NULL,'{"plan": "ApplicationPlan", "feature": "Unlimited Greetings"}',NULL);
INSERT INTO "events" VALUES(30,2,'plan.updated','system',NULL,NULL,2,4,'{"included": [false, true]}','2026-11-25 23:40:04.147216',NULL,'{"plan": "ApplicationPlan", "feature": "24/7 support"}',NULL);
INSERT INTO "events" VALUES(31,2,'plan.updated','system',NULL,NULL,2,4,'{"included": [false, true]}','2026-11-25 23:40:04.148101',NULL,'{"plan": "ApplicationPlan", "feature": "Unlimited calls"}',NULL);
INSERT INTO "events" VALUES(32,2,'api_docs.created','system',NULL,NULL,2,2,'{}','2026-11-25 23:40:04.150330',NULL,'{}',NULL);
INSERT INTO "events" VALUES(33,2,'account.created','system',NULL,2,NULL,2,'{}','2026-11-25 23:40:04.155110',NULL,'{}',NULL);
INSERT INTO "events" VALUES(34,2,'application.created','system',NULL,2,2,2,'{}','2026-11-25 23:40:04.157125',NULL,'{}',NULL);
INSERT INTO "events" VALUES(35,2,'user.created','system',NULL,2,NULL,4,'{}','2026-11-25 23:40:04.157677',NULL,'{}',NULL);
INSERT INTO "events" VALUES(36,2,'proxy_config.promoted','system',NULL,NULL,2,4,'{"version": [null, 1]}','2026-11-25 23:40:04.162259',NULL,'{}',NULL);
INSERT INTO "events" VALUES(37,1,'service.created','system',NULL,NULL,3,3,'{}','2026-11-25 23:40:04.164663',NULL,'{}',NULL);
INSERT INTO "events" VALUES(38,1,'proxy_config.deployed','system',NULL,NULL,3,5,'{"version": [null, 1]}','2026-11-25 23:40:04.173508',NULL,'{}',NULL);
INSERT INTO "events" VALUES(39,1,'service.updated','system',NULL,NULL,3,3,'{"is_default": [false, true]}','2026-11-25 23:40:04.176001',NULL,'{}',NULL);
INSERT INTO "events" VALUES(40,1,'mapping_rule.deleted','system',NULL,NULL,3,3,'{}','2026-11-25 23:40:04.178982',NULL,'{}',NULL);
INSERT INTO "events" VALUES(41,1,'metric.created','system',NULL,NULL,3,4,'{}','2026-11-25 23:40:04.181744',NULL,'{}',NULL);
INSERT INTO "events" VALUES(42,1,'metric.created','system',NULL,NULL,3,5,'{}','2026-11-25 23:40:04.183020',NULL,'{}',NULL);
INSERT INTO "events" VALUES(43,1,'mapping_rule.created','system',NULL,NULL,3,3,'{}','2026-11-25 23:40:04.186322',NULL,'{}',NULL);
INSERT INTO "events" VALUES(44,1,'mapping_rule.created','system',NULL,NULL,3,4,'{}','2026-11-25 23:40:04.188301',NULL,'{}',NULL);
INSERT INTO "events" VALUES(45,1,'mapping_rule.created','system',NULL,NULL,3,5,'{}','2026-11-25 23:40:04.190292',NULL,'{}',NULL);
INSERT INTO "events" VALUES(46,1,'proxy.updated','system',NULL,NULL,3,3,'{"api_backend": ["http://localhost:8000/echo", "https://pets.example.com:443"], "ambiguous_paths": ["refuse", "as_written"], "error_status_no_match": [404, 418]}','2026-11-25 23:40:04.192638',NULL,'{}',NULL);
INSERT INTO "events" VALUES(47,1,'proxy_config.deployed','system',NULL,NULL,3,6,'{"version": [1, 2]}','2026-11-25 23:40:04.197321',NULL,'{}',NULL);
INSERT INTO "events" VALUES(48,1,'feature.created','system',NULL,NULL,3,7,'{}','2026-11-25 23:40:04.198919',NULL,'{}',NULL);
INSERT INTO "events" VALUES(49,1,'plan.created','system',NULL,NULL,3,5,'{}','2026-11-25 23:40:04.200366',NULL,'{"plan": "ApplicationPlan"}',NULL);
INSERT INTO "events" VALUES(50,1,'plan.updated','system',NULL,NULL,3,5,'{"included": [false, true]}','2026-11-25 23:40:04.201384',NULL,'{"plan": "ApplicationPlan", "feature": "Kittens"}',NULL);
INSERT INTO "events" VALUES(51,1,'usage_limit.set','system',NULL,NULL,3,1,'{}','2026-11-25 23:40:04.206019',NULL,'{"plan_id": 5, "metric_id": 3, "period": "minute", "value": 5}',NULL);
INSERT INTO "events" VALUES(52,1,'usage_limit.set','system',NULL,NULL,3,2,'{}','2026-11-25 23:40:04.207898',NULL,'{"plan_id": 5, "metric_id": 5, "period": "day", "value": 1}',NULL);
INSERT INTO "events" VALUES(53,1,'plan.created','system',NULL,NULL,3,6,'{}','2026-11-25 23:40:04.209807',NULL,'{"plan": "ApplicationPlan"}',NULL);
INSERT INTO "events" VALUES(54,1,'plan.updated','system',NULL,NULL,3,6,'{"is_default": [false, true]}','2026-11-25 23:40:04.211413',NULL,'{"plan": "ApplicationPlan"}',NULL);
INSERT INTO "events" VALUES(55,1,'plan.created','system',NULL,NULL,3,7,'{}','2026-11-25 23:40:04.213700',NULL,'{"plan": "ApplicationPlan"}',NULL);
INSERT INTO "events" VALUES(56,1,'plan.created','system',NULL,NULL,NULL,3,'{}','2026-11-25 23:40:04.216025',NULL,'{"plan": "AccountPlan"}',NULL);
INSERT INTO "events" VALUES(57,1,'plan.created','system',NULL,NULL,3,8,'{}','2026-11-25 23:40:04.218385',NULL,'{"plan": "ApplicationPlan"}',NULL);
INSERT INTO "events" VALUES(58,1,'api_docs.created','system',NULL,NULL,3,3,'{}','2026-11-25 23:40:04.223326',NULL,'{}',NULL);
INSERT INTO "events" VALUES(59,1,'template.created','system',NULL,NULL,NULL,1,'{}','2026-11-25 23:40:04.226275',NULL,'{"kind": "page", "name": "/docs"}',NULL);
INSERT INTO "events" VALUES(60,1,'template.created','system',NULL,NULL,NULL,2,'{}','2026-11-25 23:40:04.227777',NULL,'{"kind": "partial", "name": "a.b/c"}',NULL);
INSERT INTO "events" VALUES(61,1,'account.created','system',NULL,3,NULL,3,'{}','2026-11-25 23:40:04.232053',NULL,'{}',NULL);
INSERT INTO "events" VALUES(62,1,'application.created','system',NULL,3,3,3,'{}','2026-11-25 23:40:04.234805',NULL,'{}',NULL);
INSERT INTO "events" VALUES(63,1,'user.created','system',NULL,3,NULL,5,'{}','2026-11-25 23:40:04.235357',NULL,'{}',NULL);
INSERT INTO "events" VALUES(64,1,'account.created','system',NULL,4,NULL,4,'{}','2026-11-25 23:40:04.241319',NULL,'{}',NULL);
INSERT INTO "events" VALUES(65,1,'application.created','system',NULL,4,1,4,'{}','2026-11-25 23:40:04.243510',NULL,'{}',NULL);
INSERT INTO "events" VALUES(66,1,'application.created','system',NULL,4,3,5,'{}','2026-11-25 23:40:04.244801',NULL,'{}',NULL);
INSERT INTO "events" VALUES(67,1,'account.pending','system',NULL,4,NULL,4,'{"state": ["created", "pending"]}','2026-11-25 23:40:04.245259',NULL,'{}',NULL);
INSERT INTO "events" VALUES(68,1,'user.created','system',NULL,4,NULL,6,'{}','2026-11-25 23:40:04.245876',NULL,'{}',NULL);
INSERT INTO "events" VALUES(69,1,'account.created','system',NULL,5,NULL,5,'{}','2026-11-25 23:40:04.251619',NULL,'{}',NULL);
INSERT INTO "events" VALUES(70,1,'application.created','system',NULL,5,1,6,'{}','2026-11-25 23:40:04.253906',NULL,'{}',NULL);
INSERT INTO "events" VALUES(71,1,'application.created','system',NULL,5,3,7,'{}','2026-11-25 23:40:04.255275',NULL,'{}',NULL);
INSERT INTO "events" VALUES(72,1,'user.created','system',NULL,5,NULL,7,'{}','2026-11-25 23:40:04.255795',NULL,'{}',NULL);
INSERT INTO "events" VALUES(73,1,'account.plan_changed','system',NULL,3,NULL,3,'{"account_plan_id": [1, 3]}','2026-11-25 23:40:04.256343',NULL,'{}',NULL);
INSERT INTO "events" VALUES(74,1,'application.created','system',NULL,3,3,8,'{}','2026-11-25 23:40:04.260444',NULL,'{}',NULL);
INSERT INTO "events" VALUES(75,1,'application.created','system',NULL,3,3,9,'{}','2026-11-25 23:40:04.262655',NULL,'{}',NULL);
INSERT INTO "events" VALUES(76,1,'application.key_created','system',NULL,3,3,9,'{}','2026-11-25 23:40:04.266271',NULL,'{}',NULL);
INSERT INTO "events" VALUES(77,1,'application.key_created','system',NULL,3,3,9,'{}','2026-11-25 23:40:04.267748',NULL,'{}',NULL);
INSERT INTO "events" VALUES(78,1,'application.suspended','system',NULL,3,3,9,'{"state": ["live", "suspended"]}','2026-11-25 23:40:04.268265',NULL,'{}',NULL);
INSERT INTO "events" VALUES(79,1,'application.created','system',NULL,3,3,10,'{}','2026-11-25 23:40:04.271118',NULL,'{}',NULL);
INSERT INTO "events" VALUES(80,1,'application.user_key_updated','system',NULL,3,3,10,'{"user_key": ["(hidden)", "(hidden)"]}','2026-11-25 23:40:04.272620',NULL,'{}',NULL);
INSERT INTO "events" VALUES(81,1,'setting.updated','system',NULL,NULL,NULL,1,'{"public_search": [false, true]}','2026-11-25 23:40:04.274903',NULL,'{}',NULL);
INSERT INTO "events" VALUES(82,1,'proxy.updated','system',NULL,NULL,1,1,'{"policy_chain": ["(hidden)", "(hidden)"]}','2026-11-25 23:40:04.279735',NULL,'{}',NULL);
INSERT INTO "events" VALUES(83,1,'proxy_config.deployed','system',NULL,NULL,1,7,'{"version": [1, 2]}','2026-11-25 23:40:04.283938',NULL,'{}',NULL);
INSERT INTO "events" VALUES(84,1,'proxy_config.promoted','system',NULL,NULL,1,8,'{"version": [1, 2]}','2026-11-25 23:40:04.286061',NULL,'{}',NULL);
INSERT INTO "events" VALUES(85,1,'proxy_config.promoted','system',NULL,NULL,3,9,'{"version": [null, 2]}','2026-11-25 23:40:04.287856',NULL,'{}',NULL);
INSERT INTO "events" VALUES(86,1,'proxy.updated','system',NULL,NULL,1,1,'{"auth_user_key": ["user_key", "key"]}','2026-11-25 23:40:04.290238',NULL,'{}',NULL);
INSERT INTO "events" VALUES(87,1,'proxy_config.deployed','system',NULL,NULL,1,10,'{"version": [2, 3]}','2026-11-25 23:40:04.294626',NULL,'{}',NULL);
INSERT INTO "events" VALUES(88,1,'access_token.created','admin',1,NULL,NULL,3,'{}','2026-11-25 23:40:04.296415',NULL,'{}',NULL);
INSERT INTO "events" VALUES(89,1,'user.logged_in','admin',1,NULL,NULL,1,'{}','2026-11-25 23:40:04.361149',NULL,'{}',NULL);
INSERT INTO "events" VALUES(90,1,'user.logged_in','keeper',5,3,NULL,5,'{}','2026-11-25 23:40:04.366016',NULL,'{}',NULL);
CREATE TABLE features (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	service_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	system_name VARCHAR NOT NULL, 
	description VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(service_id) REFERENCES services (id), 
	UNIQUE (service_id, system_name)
);
INSERT INTO "features" VALUES(1,1,1,'Unlimited Greetings','unlimited_greetings','','2026-11-25 23:40:04.062889');
INSERT INTO "features" VALUES(2,1,1,'24/7 support','24_7_support','','2026-11-25 23:40:04.065789');
INSERT INTO "features" VALUES(3,1,1,'Unlimited calls','unlimited_calls','','2026-11-25 23:40:04.067126');
INSERT INTO "features" VALUES(4,2,2,'Unlimited Greetings','unlimited_greetings','','2026-11-25 23:40:04.135361');
INSERT INTO "features" VALUES(5,2,2,'24/7 support','24_7_support','','2026-11-25 23:40:04.136643');
INSERT INTO "features" VALUES(6,2,2,'Unlimited calls','unlimited_calls','','2026-11-25 23:40:04.137880');
INSERT INTO "features" VALUES(7,1,3,'Kittens','kittens','Small cats.','2026-11-25 23:40:04.198183');
CREATE TABLE feeds (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	url VARCHAR NOT NULL, 
	items JSON NOT NULL, 
	error VARCHAR NOT NULL, 
	tried_at DATETIME, 
	fetched_at DATETIME, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (provider_id, url), 
	FOREIGN KEY(provider_id) REFERENCES providers (id)
);
INSERT INTO "feeds" VALUES(1,1,'https://blog.example.com/feed.xml','[]','','2026-11-25 10:00:00.000000','2026-11-25 10:00:00.000000','2026-11-25 10:00:00.000000');
CREATE TABLE field_definitions (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	target VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	label VARCHAR NOT NULL, 
	hint VARCHAR NOT NULL, 
	required BOOLEAN NOT NULL, 
	hidden BOOLEAN NOT NULL, 
	read_only BOOLEAN NOT NULL, 
	choices JSON NOT NULL, 
	position INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	UNIQUE (provider_id, target, name)
);
INSERT INTO "field_definitions" VALUES(1,1,'account','org_name','Organisation or project','',1,0,0,'[]',1,'2026-11-26 10:06:53.370756','2026-11-26 10:06:53.370756');
INSERT INTO "field_definitions" VALUES(2,1,'user','username','Username','',1,0,0,'[]',1,'2026-11-26 10:06:53.370756','2026-11-26 10:06:53.370756');
INSERT INTO "field_definitions" VALUES(3,1,'user','email','Mail address','',1,0,0,'[]',2,'2026-11-26 10:06:53.370756','2026-11-26 10:06:53.370756');
INSERT INTO "field_definitions" VALUES(4,1,'user','first_name','First name','',0,0,0,'[]',3,'2026-11-26 10:06:53.370756','2026-11-26 10:06:53.370756');
INSERT INTO "field_definitions" VALUES(5,1,'user','last_name','Last name','',0,0,0,'[]',4,'2026-11-26 10:06:53.370756','2026-11-26 10:06:53.370756');
INSERT INTO "field_definitions" VALUES(6,1,'application','name','Name','',1,0,0,'[]',1,'2026-11-26 10:06:53.370756','2026-11-26 10:06:53.370756');
INSERT INTO "field_definitions" VALUES(7,1,'application','description','Description','',0,0,0,'[]',2,'2026-11-26 10:06:53.370756','2026-11-26 10:06:53.370756');
INSERT INTO "field_definitions" VALUES(8,2,'account','org_name','Organisation or project','',1,0,0,'[]',1,'2026-11-26 10:06:53.370756','2026-11-26 10:06:53.370756');
INSERT INTO "field_definitions" VALUES(9,2,'user','username','Username','',1,0,0,'[]',1,'2026-11-26 10:06:53.370756','2026-11-26 10:06:53.370756');
INSERT INTO "field_definitions" VALUES(10,2,'user','email','Mail address','',1,0,0,'[]',2,'2026-11-26 10:06:53.370756','2026-11-26 10:06:53.370756');
INSERT INTO "field_definitions" VALUES(11,2,'user','first_name','First name','',0,0,0,'[]',3,'2026-11-26 10:06:53.370756','2026-11-26 10:06:53.370756');
INSERT INTO "field_definitions" VALUES(12,2,'user','last_name','Last name','',0,0,0,'[]',4,'2026-11-26 10:06:53.370756','2026-11-26 10:06:53.370756');
INSERT INTO "field_definitions" VALUES(13,2,'application','name','Name','',1,0,0,'[]',1,'2026-11-26 10:06:53.370756','2026-11-26 10:06:53.370756');
INSERT INTO "field_definitions" VALUES(14,2,'application','description','Description','',0,0,0,'[]',2,'2026-11-26 10:06:53.370756','2026-11-26 10:06:53.370756');
CREATE TABLE forum_categories (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	system_name VARCHAR NOT NULL, 
	description TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	UNIQUE (provider_id, system_name)
);
INSERT INTO "forum_categories" VALUES(1,1,'Questions','questions','Ask here.',1,'2026-11-25 10:00:00.000000');
CREATE TABLE forum_posts (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	topic_id INTEGER NOT NULL, 
	account_id INTEGER, 
	user_id INTEGER, 
	writer VARCHAR NOT NULL, 
	body TEXT NOT NULL, 
	is_first BOOLEAN NOT NULL, 
	is_hidden BOOLEAN NOT NULL, 
	created_at DATETIME NOT NULL, 
	edited_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(topic_id) REFERENCES forum_topics (id) ON DELETE CASCADE, 
	FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE SET NULL, 
	FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE SET NULL
);
INSERT INTO "forum_posts" VALUES(1,1,1,3,5,'keeper','How do I *start*?',1,0,'2026-11-25 10:00:00.000000','2026-11-25 10:00:00.000000');
CREATE TABLE forum_subscriptions (
	user_id INTEGER NOT NULL, 
	topic_id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (user_id, topic_id), 
	FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE, 
	FOREIGN KEY(topic_id) REFERENCES forum_topics (id) ON DELETE CASCADE, 
	FOREIGN KEY(provider_id) REFERENCES providers (id)
);
INSERT INTO "forum_subscriptions" VALUES(5,1,1,'2026-11-25 10:00:00.000000');
CREATE TABLE forum_topics (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	category_id INTEGER, 
	title VARCHAR NOT NULL, 
	tags VARCHAR NOT NULL, 
	is_sticky BOOLEAN NOT NULL, 
	is_closed BOOLEAN NOT NULL, 
	is_hidden BOOLEAN NOT NULL, 
	replies INTEGER NOT NULL, 
	rank VARCHAR NOT NULL, 
	last_post_at DATETIME NOT NULL, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(category_id) REFERENCES forum_categories (id) ON DELETE SET NULL
);
INSERT INTO "forum_topics" VALUES(1,1,1,'Starting','start',0,0,0,1,'0','2026-11-25 10:00:00.000000','2026-11-25 10:00:00.000000');
CREATE TABLE gallery_entries (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	application_id INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	description VARCHAR NOT NULL, 
	link VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	reason VARCHAR NOT NULL, 
	approved_at DATETIME, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE, 
	FOREIGN KEY(application_id) REFERENCES applications (id) ON DELETE CASCADE, 
	UNIQUE (application_id)
);
INSERT INTO "gallery_entries" VALUES(1,1,3,3,'Maps','Shows maps.','https://maps.example.com','approved',2,'','2026-11-25 10:00:00.000000','2026-11-25 10:00:00.000000');
CREATE TABLE "hosts" (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	environment VARCHAR NOT NULL, 
	provider_id INTEGER NOT NULL, 
	service_id INTEGER, 
	created_at DATETIME NOT NULL, 
	domain_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT fk_hosts_domain_id FOREIGN KEY(domain_id) REFERENCES domains (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	UNIQUE (name), 
	FOREIGN KEY(service_id) REFERENCES services (id)
);
INSERT INTO "hosts" VALUES(1,'acme','portal','',1,NULL,'2026-11-25 23:40:04.011866',NULL);
INSERT INTO "hosts" VALUES(2,'acme-admin','admin','',1,NULL,'2026-11-25 23:40:04.012074',NULL);
INSERT INTO "hosts" VALUES(3,'api-acme','gateway','production',1,1,'2026-11-25 23:40:04.034735',NULL);
INSERT INTO "hosts" VALUES(4,'api-acme.staging','gateway','staging',1,1,'2026-11-25 23:40:04.034862',NULL);
INSERT INTO "hosts" VALUES(5,'globex','portal','',2,NULL,'2026-11-25 23:40:04.120434',NULL);
INSERT INTO "hosts" VALUES(6,'globex-admin','admin','',2,NULL,'2026-11-25 23:40:04.120544',NULL);
INSERT INTO "hosts" VALUES(7,'api-globex','gateway','production',2,2,'2026-11-25 23:40:04.127547',NULL);
INSERT INTO "hosts" VALUES(8,'api-globex.staging','gateway','staging',2,2,'2026-11-25 23:40:04.127660',NULL);
INSERT INTO "hosts" VALUES(9,'petstore-acme','gateway','production',1,3,'2026-11-25 23:40:04.166326',NULL);
INSERT INTO "hosts" VALUES(10,'petstore-acme.staging','gateway','staging',1,3,'2026-11-25 23:40:04.166433',NULL);
CREATE TABLE invitations (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	email VARCHAR NOT NULL, 
	sent_at DATETIME NOT NULL, 
	expires_at DATETIME, 
	accepted_at DATETIME, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(account_id) REFERENCES accounts (id), 
	UNIQUE (account_id, email)
);
INSERT INTO "invitations" VALUES(1,1,3,'friend@example.com','2026-11-25 10:00:00.000000','2026-11-25 10:00:00.000000',NULL,'2026-11-25 10:00:00.000000');
CREATE TABLE legal_terms (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	UNIQUE (provider_id, kind, version)
);
INSERT INTO "legal_terms" VALUES(1,1,'signup_licence',1,'Be kind.','2026-11-25 10:00:00.000000');
CREATE TABLE look_files (
	provider_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	updated_at DATETIME NOT NULL, 
	PRIMARY KEY (provider_id, name), 
	FOREIGN KEY(provider_id) REFERENCES providers (id)
);
INSERT INTO "look_files" VALUES(1,'style.css','body { color: black }','2026-11-25 10:00:00.000000');
CREATE TABLE "mails" (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	event_id INTEGER, 
	template VARCHAR NOT NULL, 
	sender VARCHAR NOT NULL, 
	recipient VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	attempts INTEGER NOT NULL, 
	error VARCHAR NOT NULL, 
	sent_at DATETIME, 
	created_at DATETIME NOT NULL, 
	link_digest VARCHAR, 
	body_sealed BLOB NOT NULL, 
	html_sealed BLOB, 
	headers JSON NOT NULL, 
	account_id INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(event_id) REFERENCES events (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id)
);
INSERT INTO "mails" VALUES(1,1,1,'welcome','a@acme.example','keeper@zoo.example','Hello; it''s ''you''','queued',0,'',NULL,'2026-11-25 23:40:04.302745',NULL,X'CD30D0FADE4D3E32A1630094780794C54F87BEA6233D06044350B2BEA19942B511D80CAA74C4464D2518B2033FBE76AD3C3FDB0FC39BE4',NULL,'{}',NULL);
CREATE TABLE mapping_rules (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	service_id INTEGER NOT NULL, 
	metric_id INTEGER NOT NULL, 
	http_method VARCHAR NOT NULL, 
	pattern VARCHAR NOT NULL, 
	delta INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	last BOOLEAN NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(metric_id) REFERENCES metrics (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(service_id) REFERENCES services (id)
);
INSERT INTO "mapping_rules" VALUES(1,1,1,1,'GET','/',1,1,0,'2026-11-25 23:40:04.038569','2026-11-25 23:40:04.038584');
INSERT INTO "mapping_rules" VALUES(2,2,2,2,'GET','/',1,1,0,'2026-11-25 23:40:04.129709','2026-11-25 23:40:04.129724');
INSERT INTO "mapping_rules" VALUES(3,1,3,5,'POST','/adoptions',1,1,1,'2026-11-25 23:40:04.183710','2026-11-25 23:40:04.183724');
INSERT INTO "mapping_rules" VALUES(4,1,3,3,'GET','/',1,2,0,'2026-11-25 23:40:04.187068','2026-11-25 23:40:04.187081');
INSERT INTO "mapping_rules" VALUES(5,1,3,4,'GET','/',10,3,0,'2026-11-25 23:40:04.189051','2026-11-25 23:40:04.189066');
CREATE TABLE message_copies (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	message_id INTEGER NOT NULL, 
	account_id INTEGER, 
	role VARCHAR NOT NULL, 
	folder VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	read_at DATETIME, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(message_id) REFERENCES messages (id) ON DELETE CASCADE, 
	FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE
);
INSERT INTO "message_copies" VALUES(1,1,1,3,'recipient','inbox','unread',NULL,'2026-11-25 10:00:00.000000');
CREATE TABLE messages (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	account_id INTEGER, 
	author VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	body TEXT NOT NULL, 
	state VARCHAR NOT NULL, 
	label VARCHAR NOT NULL, 
	event_id INTEGER, 
	reply_to_id INTEGER, 
	reach JSON NOT NULL, 
	recipients INTEGER NOT NULL, 
	delivered_to INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE, 
	FOREIGN KEY(event_id) REFERENCES events (id)
);
INSERT INTO "messages" VALUES(1,1,3,'admin','Welcome','Hello there.','sent','',NULL,NULL,'{}',1,1,'2026-11-25 10:00:00.000000');
CREATE TABLE metrics (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	service_id INTEGER NOT NULL, 
	parent_id INTEGER, 
	system_name VARCHAR NOT NULL, 
	friendly_name VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	description VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(parent_id) REFERENCES metrics (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(service_id) REFERENCES services (id), 
	UNIQUE (service_id, system_name)
);
INSERT INTO "metrics" VALUES(1,1,1,NULL,'hits','Hits','hit','','2026-11-25 23:40:04.036567','2026-11-25 23:40:04.036584');
INSERT INTO "metrics" VALUES(2,2,2,NULL,'hits','Hits','hit','','2026-11-25 23:40:04.128996','2026-11-25 23:40:04.129011');
INSERT INTO "metrics" VALUES(3,1,3,NULL,'hits','Hits','hit','','2026-11-25 23:40:04.167643','2026-11-25 23:40:04.167657');
INSERT INTO "metrics" VALUES(4,1,3,NULL,'bytes','Bytes','byte','','2026-11-25 23:40:04.180676','2026-11-25 23:40:04.180694');
INSERT INTO "metrics" VALUES(5,1,3,3,'adopt','Adopt','hit','','2026-11-25 23:40:04.182397','2026-11-25 23:40:04.182409');
CREATE TABLE notification_preferences (
	user_id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	switches JSON NOT NULL, 
	PRIMARY KEY (user_id), 
	FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE, 
	FOREIGN KEY(provider_id) REFERENCES providers (id)
);
INSERT INTO "notification_preferences" VALUES(5,1,'{}');
CREATE TABLE "one_time_tokens" (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	user_id INTEGER, 
	purpose VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	expires_at DATETIME, 
	used_at DATETIME, 
	created_at DATETIME NOT NULL, 
	invitation_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT fk_one_time_tokens_invitation_id FOREIGN KEY(invitation_id) REFERENCES invitations (id), 
	UNIQUE (digest), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "one_time_tokens" VALUES(1,1,5,'password_reset','b7040e65355e1195cd391855617dde1b05e1a167b28ec6f7d85633440982b98862cceec74ec8f8babb8b20272b725fd4','2026-11-26 23:40:04.302415',NULL,'2026-11-25 23:40:04.302548',NULL);
CREATE TABLE passkeys (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	credential_id VARCHAR NOT NULL, 
	public_key BLOB NOT NULL, 
	sign_count BIGINT NOT NULL, 
	host VARCHAR NOT NULL, 
	last_used_at DATETIME, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(user_id) REFERENCES users (id), 
	UNIQUE (provider_id, credential_id)
);
INSERT INTO "passkeys" VALUES(1,1,2,'Phone','credential-of-the-fixture',X'0A73416DA22F41E895235440819F78C6A2B26F2B5872103AC5214C1BD76F21EC',1,'acme.localhost','2026-11-25 10:00:00.000000','2026-11-25 10:00:00.000000');
CREATE TABLE plan_features (
	plan_id INTEGER NOT NULL, 
	feature_id INTEGER NOT NULL, 
	PRIMARY KEY (plan_id, feature_id), 
	FOREIGN KEY(feature_id) REFERENCES features (id), 
	FOREIGN KEY(plan_id) REFERENCES application_plans (id)
);
INSERT INTO "plan_features" VALUES(1,1);
INSERT INTO "plan_features" VALUES(2,1);
INSERT INTO "plan_features" VALUES(2,2);
INSERT INTO "plan_features" VALUES(2,3);
INSERT INTO "plan_features" VALUES(3,4);
INSERT INTO "plan_features" VALUES(4,4);
INSERT INTO "plan_features" VALUES(4,5);
INSERT INTO "plan_features" VALUES(4,6);
INSERT INTO "plan_features" VALUES(5,7);
INSERT INTO "plan_features" VALUES(8,7);
CREATE TABLE portal_file_chunks (
	file_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	content BLOB NOT NULL, 
	PRIMARY KEY (file_id, number), 
	FOREIGN KEY(file_id) REFERENCES portal_files (id)
);
INSERT INTO "portal_file_chunks" VALUES(1,0,X'3C7376672F3E');
CREATE TABLE portal_files (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	section_id INTEGER, 
	path VARCHAR NOT NULL, 
	downloadable BOOLEAN NOT NULL, 
	content_type VARCHAR NOT NULL, 
	size_bytes INTEGER NOT NULL, 
	digest VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (provider_id, path), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(section_id) REFERENCES sections (id)
);
INSERT INTO "portal_files" VALUES(1,1,1,'/images/logo.svg',0,'image/svg+xml',6,'d4dc56669143034f31aa309635d4113d9ad76a02b1739da22c965ed2049be9e6','2026-11-25 10:00:00.000000','2026-11-25 10:00:00.000000');
CREATE TABLE "providers" (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	subdomain VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	is_first BOOLEAN NOT NULL, 
	provider_key_digest BLOB NOT NULL, 
	provider_key_sealed BLOB NOT NULL, 
	timezone VARCHAR NOT NULL, 
	from_email VARCHAR NOT NULL, 
	support_email VARCHAR NOT NULL, 
	site_access_code VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	currency VARCHAR NOT NULL, 
	look JSON NOT NULL, 
	reply_to_email VARCHAR NOT NULL, 
	portal_domain VARCHAR NOT NULL, 
	admin_domain VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (subdomain), 
	UNIQUE (provider_key_digest)
);
INSERT INTO "providers" VALUES(1,'Acme','acme','approved',1,X'E9F1BB4028C02441A8129E15A0C35444313F45E7BC35BC78BC5109AD42F7A2D6',X'AE7F128F6407C7A4BD0FF3532C4A91E15C1DD8A354DE77334C9C4BBD303C159320EA2C88DE54280E8B730F72632ED4CF4B6724EDB0CEFE4F7083DBD5','UTC','admin@acme.example','admin@acme.example','','2026-11-25 23:40:04.007001','2026-11-25 23:40:04.019519','USD','{}','','','');
INSERT INTO "providers" VALUES(2,'Globex','globex','approved',0,X'09CEA8BB4153605307B61BE9F238C45FD419BA29A5BDAC7B5CB3ED61A0B4C794',X'5122F963E148EC1B78D0651EBDB02C3731F3FB19E71BCA2342885476081C326B907F532313FF5FAE3D3948247D687EBE1B633EBCF42F9565B38127A1','UTC','admin@globex.example','admin@globex.example','','2026-11-25 23:40:04.119408','2026-11-25 23:40:04.122564','USD','{}','','','');
CREATE TABLE "proxies" (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	service_id INTEGER NOT NULL, 
	api_backend VARCHAR NOT NULL, 
	api_test_path VARCHAR NOT NULL, 
	hostname_rewrite VARCHAR NOT NULL, 
	credentials_location VARCHAR NOT NULL, 
	auth_user_key VARCHAR NOT NULL, 
	auth_app_id VARCHAR NOT NULL, 
	auth_app_key VARCHAR NOT NULL, 
	error_auth_failed VARCHAR NOT NULL, 
	error_status_auth_failed INTEGER NOT NULL, 
	error_headers_auth_failed VARCHAR NOT NULL, 
	error_auth_missing VARCHAR NOT NULL, 
	error_status_auth_missing INTEGER NOT NULL, 
	error_headers_auth_missing VARCHAR NOT NULL, 
	error_no_match VARCHAR NOT NULL, 
	error_status_no_match INTEGER NOT NULL, 
	error_headers_no_match VARCHAR NOT NULL, 
	error_limits_exceeded VARCHAR NOT NULL, 
	error_status_limits_exceeded INTEGER NOT NULL, 
	error_headers_limits_exceeded VARCHAR NOT NULL, 
	api_test_success BOOLEAN, 
	api_test_status INTEGER, 
	api_test_message VARCHAR NOT NULL, 
	api_tested_at DATETIME, 
	deployed_at DATETIME, 
	lock_version INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	secret_token_sealed BLOB NOT NULL, 
	policy_chain_sealed BLOB NOT NULL, 
	ambiguous_paths VARCHAR NOT NULL, api_test_passed_version INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(service_id) REFERENCES services (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	UNIQUE (service_id)
);
INSERT INTO "proxies" VALUES(1,1,1,'http://localhost:8000/echo','/','','query','key','app_id','app_key','Authentication failed',403,'text/plain; charset=us-ascii','Authentication parameters missing',403,'text/plain; charset=us-ascii','No Mapping Rule matched',404,'text/plain; charset=us-ascii','Usage limit exceeded',429,'text/plain; charset=us-ascii',NULL,NULL,'',NULL,'2026-11-25 23:40:04.293452',2,'2026-11-25 23:40:04.039046','2026-11-25 23:40:04.294380',X'EF51327A29D12C4B5535B44FE5DFB998A2B0216D54FAA710CB86E10D052457E2B66BD2A415EB294098DCCA177AEE42DAF1EF15AF3D07DE5E4EA6FB6ABCAF60C618CEF76B4DE1F736D5C82F8ED7FC22CEA741B442674800BBA0',X'C373CE12E9BF4C88D9F84E13913A9D8091DFAE4B1C3BC57833174087ACC92D7C03B2336DFF1241691387A082B482DDEAF53531E8FF20185F7ECA2C1608B83F3607D9C1F749C6DE415BEC744A7BE892B4680BDD327C548E0D864BE5FF55CEEAD98DEC80315FE9D97D73AF01F4D68343E0210FB3D0F0CC38A6ECC64025A0E512003D3E2E781FAD8D6A170333BFCEE3C41DE0C52FBF1463A03F135431433FEAA3B4F4FCB26ACD73C7E349017F0A3DDAAF6F40AF424D4A4966C0A3A73AD47AADCDC568C51AC0E82810C5971558420D8D058312858890E115379E72EC9C26AB83CFAA7A0DA67C700705D5A373130F5C7856C969B4966772E1B730298CC78A90EED7BDE7261D4F6E736C4774DCED4D238C69','refuse',NULL);
INSERT INTO "proxies" VALUES(2,2,2,'http://localhost:8000/echo','/','','query','user_key','app_id','app_key','Authentication failed',403,'text/plain; charset=us-ascii','Authentication parameters missing',403,'text/plain; charset=us-ascii','No Mapping Rule matched',404,'text/plain; charset=us-ascii','Usage limit exceeded',429,'text/plain; charset=us-ascii',NULL,NULL,'',NULL,'2026-11-25 23:40:04.133562',0,'2026-11-25 23:40:04.130089','2026-11-25 23:40:04.134374',X'9B3765A251DC05FA88F8FADA6912A8D3FBF8681352ACE00F793B86321216660B01F08C50380CC9B0BBEA3311597E81B4D225EED47C929860F9BD2AF2E938C6BBA6B945C0EBB890AC00CA1CD3B4A401320D8DF2EEC80FB92738',X'EBF5F82D151575529E26B561308E0446BCB5106F024596D46BDAEA80CD46','refuse',NULL);
INSERT INTO "proxies" VALUES(3,1,3,'https://pets.example.com:443','/','','query','user_key','app_id','app_key','Authentication failed',403,'text/plain; charset=us-ascii','Authentication parameters missing',403,'text/plain; charset=us-ascii','No Mapping Rule matched',418,'text/plain; charset=us-ascii','Usage limit exceeded',429,'text/plain; charset=us-ascii',NULL,NULL,'',NULL,'2026-11-25 23:40:04.196083',1,'2026-11-25 23:40:04.168682','2026-11-25 23:40:04.197049',X'692543B23672AD1C4E3A259E6469860F5685AE4DB2AFF4CBD541B8D141A6DEE83213A54849534065CE2553748A923C5098AE44E933F209187A4D91FF459C3719532EF38F371BB9ED84B377622299582581CD943A0AC85A7D70',X'991B21F10BB6BF0F7697FB7BAE92103B4C99396C2D8E327A4999F7904F75','as_written',NULL);
CREATE TABLE "proxy_configs" (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	service_id INTEGER NOT NULL, 
	environment VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	deployed_by VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	content_sealed BLOB NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(service_id) REFERENCES services (id)
);
INSERT INTO "proxy_configs" VALUES(1,1,1,'staging',1,'system','2026-11-25 23:40:04.058454',X'7744E02715D750198FA7D38C1963BEA46B49003E021CBB70C7AC15ADA2EE24148AD5CE2C8F468029EC28FB56B80C259DE7021B98404EDE03D0381F26D1ACAB9B896FFF66A5EB9E605E7BFD8684D38F420000A3236F2807BA90DB9C5BECB5233FFE9931DBAF0DB6BA2809CF4E8137D8B1DB7F82286F427FA16F6258BC0E5A76B21D743D2BC0D3EA26AC2007ABA708BB29F3C4FDB84E1EA0F483E6F329CB89BA97BE89332A16B65F445C1E6417014AD58861EE5D94CA5605D801546DE08D2BD27B5396311925C7E57FCDEE21BA700F6861CEF574753EF6AE549B70D921034BA3AB2B1A92A2CA9D36D509C20C7D3A0B14D2C09EFBE697DE1C122FE0E3DCD8C74EA86B8E9A46A11CB7F7E47499A9970AFCFA74CA44B5091E678D28F3BCD5B5A6C3447CCD2B03BCBF3B216A660222A8599FC6140385F1B64EA68B3DE9F8751C7818A09A7944B321C401E55A869F44BE37433A9C8CF01B349B41CBD650A3056B4A5BBDDC8BBEEA192613825E15156BD0BFB08B5269DC068AE83E96B5F829F6F1001BA9B6E61FC2FDDDCDEBD0485E121C025AFF92BBE5BCE4B4976574A98CF056E6A6F733716D532AB407D89A4601ABB8EEDB3A012D9B292EF1B4B34CDEB2BB45F0AAC29B4AEA370420D345735E054101E4F6AEBBD5F7AD4C0C989BD308D80E3157E4F2F6294C719AA1227BE2CEA6BE7E0EAD509586677460706BE058B8AF9B4EBC3D8E7C8F5CA57CC56EB12F920F37ACC7F2A128CAB58F694C104F4814C51363C3E1715BFB48C92F6BDEB0AB12AAFAC2E60666E8E3D708529A718CA240FB50497CABBCBDEDB10130095F4DB93EE1320A16311A06C87C84341A715FEC93EC3496514044AB91BEF2F556CF2935B36C8D16F13D07CD26BADF93E1815BE3A922342F978260582E86EEE22AB917F4E36E3EB3198B328C9FCFC46A04710CA8A485EA67FF26FEBD4D41B2B0F33FF885E5476CFEE0B48669F8C3EEC1085971B1F6CD9A8A01F1C7C281EF7FA82A3632AD4AB274E8A9D302C2FDB7B559A2F5EF94FF5A5E966C850EA7C1F354F70BBAEED870B8C0DE21FF0FCB1420BB795867894631D7C5BBCDE903EE52635BDE89969D6F3F22A1C653337C078E9F5F1C5CF6BD31C66F58CBF55B0FD36A3B4C237B8850D06BAA52527287BC5AB62FA7E397C42CFCF2B06EFF3584A4F61CD171872CE114B4FDBD18B04C563955CA8AE8317FEF2DF464A8D9E6A6A17D197014A6C5F1A8AE42B61568E40E75E41575D43BE0E852C9C712B8E4B7E711A25C09F21406994F71F5B66A4F8E7B4D58BF1E794F191FC61AE62369C6A5C197A7C77DAD94AE5447ED48AF5E21F7F61077201B93B5254F599986D24EF677F0A65654AC3297A57CD04C6F3F87FEE0767B3E0BCFE830203879138AA55EB841566A0D0F92A85B9829995EBE8A0DA525372D616DD9194972F5354FBF393CCBFF4F509638932630827CB0E8FD7514F1B3E51FFF595F93BC427E0F0E3C4193E37B11DC653F416956C3B4525CEF7229AB9FE9DAA2E2528D35019EAA2C7B9FBD81AE66322718B280022B59C79FCE487B9FD269475196F7B45160B7CCFA549333619A5DCA5E9CCD54740F9E9D1560900E425AAF9586914704803210F39A68159582D106A095F6103C1CBA0F7DA78FFD28CE0894C1548DBADD85B6CBC41CBB4D295EF2E0C62BD0232C168D649B4F0079361797B70D33677AB1F858510C6720D353DF69292A973153C196A0E21FFC5CBC2CDEB674CBF880824C58A29E5B3DF2F782975976B3CBE52F4C1FD7D74255327073C93FF9E18EE76652C7BC5178C544B5117B81C6874FCD17A298270D46488EA98AF94B852FB0D93A37E1FBBF8EA436F9FD574A5A5175A3648CC71657EAF76EE7823D8E3FE9E389E29312785ECE63592254DC41FCA2B54890BCD344E711413526631E0F487FBB61725FCE4BDF5F928BDAC950059D5858982AB98706653E685322E7CEFB30FB375DB853B9B17F025E2FCA8756C03A91A687E15D11D3AF7156FE3A823F52CFC05E6C5807C6BA51C656FD6A96FF71F97490CE7676265056CFFE63C752DB625D705849E107F2F756746A5E502F8A0EEF318BD431526F8B3A98DAFE428204546F7CCCF07F4ECFDE1964867E69BC8D871E7380B46927EFD3819FD5AFCE19F3AC196CD497DF318C34DB45C8D7B2AEBAFA5277E9A1D0B68BBA7131EAEB8BED138F2D4387F6BB642EFDC26AF91589C94FA3114CEDD8DE667A0E172358E5A1DA265994735063C174A635AD9E840F1A09AF94A92C60232F18385408546B6AEEA3CD9E1C34E106A29ABC02840EC866EAE7798B121A0153E8C995EA34DE8CD4A3AB67DA06FADFEF16BDBB4342560280B8E94B17C4B85A3873D819492BC6B9DD40B7A94F1A6B25019E96F1BE0A32A54E8DA6B85F1411ECA17CB766BF9EAAB423B9DBF4DC8DFA1A50A57B78E49065A8CFA9187240E6CDD9328CFC45EF044FAC233B01350D28878EB7EB33042E8218CFE7EB183633E377BB14FF183BDBCFEA80E63A6AB21428A2D8ECEE2629851E6EB01151197E3263B3AE321ECD2363180B8F8049D7B80D69F6DE6904C71760132D66F20B902CB2464215D0538FECD3242BBDDADC1EACA4B0B2A3392A53F385F85D052D6AE527483C4A56655932810A01856B07754EF1C26136265BFB5D1E165938F2A23BB415321661672B3C69ABB622A165C2723EFA8E739AFC67AA92004EFBD9988A9DA3F968946D79E0F819632B78680CE28C71FD13933FA1984683CC1C523A60F59C13DBA5D9B963065F33F65E6BF110845B04598F0988DE9EBA32478385F2C3ED00CFD905D5ED17729EBCDCA5376BF88BF8CA01F97A9D69A23B65DF0990D5E5BE366FDA1E66FFC65E96B2E8C84DC4CED98525C9CC23C0DB3B95929573EF60A9D160CBDACDCFE70237AAF910705ADA1766DDA9315608E7441B0D5943F2160A1EB366F765F9E5312B543E6B8C90052D3651B0ECC665EB05EDED13C3117613CB752D988B69450F65531F3157FF56F72F4466E2B26C370133711DB67968E1FE88EC6EFA0E2CD48706B395CD661923C350236A28957012BDD972518318448A55EB450F80520E57EE65134DBA5731D98704218CC1AA235C892740F2C58F7A27A279BC46F4F49082A3D3F16A9C7B73BA73475D440D9240A6CF6967E8C28FFE3E9FD1DD249341EF553569692D311F4160CA85F91A32C6739C54120E2531B28C4572524DB34DAF026ABA5B2164543C4D723D12D9B301F22AB06C0C7A6384D3445B4FF41D956D63C188176B04A6E38C444EACEEF610DEDA7AF1CD2FD506C66069CBCC046345471EF7621B061194');
INSERT INTO "proxy_configs" VALUES(2,1,1,'production',1,'system','2026-11-25 23:40:04.117797',X'7744E02715D750198FA7D38C1963BEA46B49003E021CBB70C7AC15ADA2EE24148AD5CE2C8F468029EC28FB56B80C259DE7021B98404EDE03D0381F26D1ACAB9B896FFF66A5EB9E605E7BFD8684D38F420000A3236F2807BA90DB9C5BECB5233FFE9931DBAF0DB6BA2809CF4E8137D8B1DB7F82286F427FA16F6258BC0E5A76B21D743D2BC0D3EA26AC2007ABA708BB29F3C4FDB84E1EA0F483E6F329CB89BA97BE89332A16B65F445C1E6417014AD58861EE5D94CA5605D801546DE08D2BD27B5396311925C7E57FCDEE21BA700F6861CEF574753EF6AE549B70D921034BA3AB2B1A92A2CA9D36D509C20C7D3A0B14D2C09EFBE697DE1C122FE0E3DCD8C74EA86B8E9A46A11CB7F7E47499A9970AFCFA74CA44B5091E678D28F3BCD5B5A6C3447CCD2B03BCBF3B216A660222A8599FC6140385F1B64EA68B3DE9F8751C7818A09A7944B321C401E55A869F44BE37433A9C8CF01B349B41CBD650A3056B4A5BBDDC8BBEEA192613825E15156BD0BFB08B5269DC068AE83E96B5F829F6F1001BA9B6E61FC2FDDDCDEBD0485E121C025AFF92BBE5BCE4B4976574A98CF056E6A6F733716D532AB407D89A4601ABB8EEDB3A012D9B292EF1B4B34CDEB2BB45F0AAC29B4AEA370420D345735E054101E4F6AEBBD5F7AD4C0C989BD308D80E3157E4F2F6294C719AA1227BE2CEA6BE7E0EAD509586677460706BE058B8AF9B4EBC3D8E7C8F5CA57CC56EB12F920F37ACC7F2A128CAB58F694C104F4814C51363C3E1715BFB48C92F6BDEB0AB12AAFAC2E60666E8E3D708529A718CA240FB50497CABBCBDEDB10130095F4DB93EE1320A16311A06C87C84341A715FEC93EC3496514044AB91BEF2F556CF2935B36C8D16F13D07CD26BADF93E1815BE3A922342F978260582E86EEE22AB917F4E36E3EB3198B328C9FCFC46A04710CA8A485EA67FF26FEBD4D41B2B0F33FF885E5476CFEE0B48669F8C3EEC1085971B1F6CD9A8A01F1C7C281EF7FA82A3632AD4AB274E8A9D302C2FDB7B559A2F5EF94FF5A5E966C850EA7C1F354F70BBAEED870B8C0DE21FF0FCB1420BB795867894631D7C5BBCDE903EE52635BDE89969D6F3F22A1C653337C078E9F5F1C5CF6BD31C66F58CBF55B0FD36A3B4C237B8850D06BAA52527287BC5AB62FA7E397C42CFCF2B06EFF3584A4F61CD171872CE114B4FDBD18B04C563955CA8AE8317FEF2DF464A8D9E6A6A17D197014A6C5F1A8AE42B61568E40E75E41575D43BE0E852C9C712B8E4B7E711A25C09F21406994F71F5B66A4F8E7B4D58BF1E794F191FC61AE62369C6A5C197A7C77DAD94AE5447ED48AF5E21F7F61077201B93B5254F599986D24EF677F0A65654AC3297A57CD04C6F3F87FEE0767B3E0BCFE830203879138AA55EB841566A0D0F92A85B9829995EBE8A0DA525372D616DD9194972F5354FBF393CCBFF4F509638932630827CB0E8FD7514F1B3E51FFF595F93BC427E0F0E3C4193E37B11DC653F416956C3B4525CEF7229AB9FE9DAA2E2528D35019EAA2C7B9FBD81AE66322718B280022B59C79FCE487B9FD269475196F7B45160B7CCFA549333619A5DCA5E9CCD54740F9E9D1560900E425AAF9586914704803210F39A68159582D106A095F6103C1CBA0F7DA78FFD28CE0894C1548DBADD85B6CBC41CBB4D295EF2E0C62BD0232C168D649B4F0079361797B70D33677AB1F858510C6720D353DF69292A973153C196A0E21FFC5CBC2CDEB674CBF880824C58A29E5B3DF2F782975976B3CBE52F4C1FD7D74255327073C93FF9E18EE76652C7BC5178C544B5117B81C6874FCD17A298270D46488EA98AF94B852FB0D93A37E1FBBF8EA436F9FD574A5A5175A3648CC71657EAF76EE7823D8E3FE9E389E29312785ECE63592254DC41FCA2B54890BCD344E711413526631E0F487FBB61725FCE4BDF5F928BDAC950059D5858982AB98706653E685322E7CEFB30FB375DB853B9B17F025E2FCA8756C03A91A687E15D11D3AF7156FE3A823F52CFC05E6C5807C6BA51C656FD6A96FF71F97490CE7676265056CFFE63C752DB625D705849E107F2F756746A5E502F8A0EEF318BD431526F8B3A98DAFE428204546F7CCCF07F4ECFDE1964867E69BC8D871E7380B46927EFD3819FD5AFCE19F3AC196CD497DF318C34DB45C8D7B2AEBAFA5277E9A1D0B68BBA7131EAEB8BED138F2D4387F6BB642EFDC26AF91589C94FA3114CEDD8DE667A0E172358E5A1DA265994735063C174A635AD9E840F1A09AF94A92C60232F18385408546B6AEEA3CD9E1C34E106A29ABC02840EC866EAE7798B121A0153E8C995EA34DE8CD4A3AB67DA06FADFEF16BDBB4342560280B8E94B17C4B85A3873D819492BC6B9DD40B7A94F1A6B25019E96F1BE0A32A54E8DA6B85F1411ECA17CB766BF9EAAB423B9DBF4DC8DFA1A50A57B78E49065A8CFA9187240E6CDD9328CFC45EF044FAC233B01350D28878EB7EB33042E8218CFE7EB183633E377BB14FF183BDBCFEA80E63A6AB21428A2D8ECEE2629851E6EB01151197E3263B3AE321ECD2363180B8F8049D7B80D69F6DE6904C71760132D66F20B902CB2464215D0538FECD3242BBDDADC1EACA4B0B2A3392A53F385F85D052D6AE527483C4A56655932810A01856B07754EF1C26136265BFB5D1E165938F2A23BB415321661672B3C69ABB622A165C2723EFA8E739AFC67AA92004EFBD9988A9DA3F968946D79E0F819632B78680CE28C71FD13933FA1984683CC1C523A60F59C13DBA5D9B963065F33F65E6BF110845B04598F0988DE9EBA32478385F2C3ED00CFD905D5ED17729EBCDCA5376BF88BF8CA01F97A9D69A23B65DF0990D5E5BE366FDA1E66FFC65E96B2E8C84DC4CED98525C9CC23C0DB3B95929573EF60A9D160CBDACDCFE70237AAF910705ADA1766DDA9315608E7441B0D5943F2160A1EB366F765F9E5312B543E6B8C90052D3651B0ECC665EB05EDED13C3117613CB752D988B69450F65531F3157FF56F72F4466E2B26C370133711DB67968E1FE88EC6EFA0E2CD48706B395CD661923C350236A28957012BDD972518318448A55EB450F80520E57EE65134DBA5731D98704218CC1AA235C892740F2C58F7A27A279BC46F4F49082A3D3F16A9C7B73BA73475D440D9240A6CF6967E8C28FFE3E9FD1DD249341EF553569692D311F4160CA85F91A32C6739C54120E2531B28C4572524DB34DAF026ABA5B2164543C4D723D12D9B301F22AB06C0C7A6384D3445B4FF41D956D63C188176B04A6E38C444EACEEF610DEDA7AF1CD2FD506C66069CBCC046345471EF7621B061194');
INSERT INTO "proxy_configs" VALUES(3,2,2,'staging',1,'system','2026-11-25 23:40:04.133478',X'6554248C78AE9E122552362F600AB5B2696044BB54FD8BDB7A0F967D9902F47D255FE159DB8478DE00198F3E572376D621A63E77B11D047CE31A770264FE6D6586392BA3E4C36DEA87396EC045D272499680941CC4B51D4C500934F9D32FD3637643C44C64CBEEF993A060DDCD5C7DA33E6DCB5DBF22D194E693081A3AE1FCD438DBD411C92D2CCFD7CD16D2488BC4149E55D795FD904187BAD64F1AA43827099A2178091EBB97A4DBE989A132B81E132263254EB2275D024360B606F737ABA0E8ACA483D63920ADE91D2C93FE5EF84EE05C4536FD87BBCE8CBF929806D8ADFA95043D7993A41B54E52A5CFBE6C106B808C4BA88C3628C6D3F6AE48288D80667344696BD73B5B5DE7D1EA1A5B1A73644CF68690E4979BAC7A31121A36299A0EA7C10A515335ADCF637E41FEFBD3E7CD07A5A1261110C9E05EDF74AFE156965DB775AAEB39BED051759BB133ED945C66C3093B24ABDA4C3A09E10695FFD33AD3F458CF3007C2F2586C7E26D40CC559E725777CD0CBF1472AE34F47B8D9E9E65A02711017E42616E3D65F6B2E8A7A96A3D07EC93B586B2D0E0BBE288FD2CE3D4BD25A6F1AC0BBCCDE73F5BB2D59A76150C136D41107436BC0A2D98657384895243F18A50027C7E81E92A00EE203F755282FE4D93517A2D01BACE860851024E802092A798CAB23D6FE6E5F57D2D10E3DEEA924A9D4F9BF93669028C7E4C7ABADD0206505E72C60C26689B2FDFF75EBE1BF12D4672DDF53DC1922B324233483128C19FE3705D9A5B95B80A86F7054D39E4DF10082E8B6F7249A05012220BE4F87207F9F36AE90514D8E4ED435312ADDFA814557D94496C0A0CF1FA0FDF556368EF86DA1E046E39D0B3384A30036E73B1EE06DC99C582E19071E663AC779A3258F3F6DB03EF747775D7CCF10D3C9B3CE5D91159C804D6305193D4860EDEAC5517DEF49F8465CF1D3EF2C7A585680AB29D6AB337FBB03C983CA8EEB4830BA98CED57EF6CA97EEFDAF6312CEE6E9F630C9BBE647E09FDFA67C9AF3414358EA2A052344746C90770CD7AE68E92A1A78F42056C5D70B5330F30C3498340CC41D2BD046F6FEE960CD47EDA49EC121E47FB1DBEBA4E40B76FF450A5F2198B0C0672E216D1CA5191EC3A96BBCC7F71A2F71C78CBF6EC464C59B15760C7380BD2BAD316DB9C3BE8E40134FDEF560B877E43C2F160CC02487E3C9FB77E2861F4CEF02F9A67DAEB793546ABEB96211A2747847E8F1FE536284CDEF7C1B370EF7FA636871D7CE6506CF64B80DE50BDF94356C307183AA6908645FDAE077F9D7BA3579118A6AB8B9352E451D42496A7B7CE408904B66288EFFDB63F9716BA03081177F4814711BCF789FB5A8A39D0487F5EDDA7A69CC0F11EE9F957211869D77352125402F05B3F601655D43CDAF77D75939712C2D3C8489210D961FEF393970FF6A56017AF28502E254605127D3C3E290B6009BA02D4A24B3A3C8706176EA21EFB466827925D4D9B116CD5E81804F1AC46E3C01226A154D35CCB4D405606041E4A35358C8E8BF1AD45BBEC801DC9EC8388FE11ED93857274A794527AFBAE2FE72CF6E3819AF162DE8D3FEB5BF8CD6AC246345CB434882A45B3CFEACC1FD08E8956736BEC4DDAD353F3D94CD691E5D71DF8811912AC78D77CB23A1DEE407230DB18A613B2CB3A419601616D3148E263D4C647C1C29534478AD9C3815616EA7AF68EDBF52D7620DD45DEEDA43C90686CAB3A4209BBE985A8216C50A8945C0D0BA8D86A82C80ED15E7B18C3788A83ED44242D5BA0F601B759BA34AC3C25D2C2E3D9B85F11EC10A02E79D2443CCB2CD713813D66C2FA91EFCE7A9BDACC6460F853665591D62BEB519617B3970D584A74535B20EA21C348E2BCC43E49FC0D6477056CEAD0CD76CF29481240BBABBB5C87FE0BC4FE6769BC062173A4E28904B88002A376477A6D52D3891E29E568EC3DF84D645611C5DD268152054D5D5B751E9EF9427D03A52DECB24744608D8A7D046B9ABBF6005E15C18CD3BFE7D4FFD462FD617653002A3D6F99B11F7F600CAF8A39287896048FE3D6E9A28DC0D7AD913403B91C589025B7D307FD8F450D2FDA1F55A6C93CE83CFD833606CE190E07F7000494F2E295BC75549468F11917FBBEEA477253E90BDFA8E2BCEFEDB73E72067532E5C92CDE4FFC62F04F77DA959AD147AC1E6B1701CF128DBC92CCB13235A9D7FD06C2723E9C18F15B34FDB076477CB9D59CF48CCEFEDB3C46CD082D7499F495D6A8B9421F4C2F34109103F2C9421232A724F57691B5E552933AA0A6FCCADB5CD4731294E4E82A4294B1864BDBEFC44B368162D09E45BD4896E04108F9B87A5729B8DCCA753292F56CFA56E1F95B39A87751A7043328982F100B58BEDEE993DB38D228F3524AA7804E83EF26E97C087B672E588ADCA6C7FBD33AFE273BF462ABE024DE19BDB710D5841641C7A590F443F930D21CA7EA571C12D3CB75BC8BE2DF5CEAE1FA5D4D7E18AB45C1584C7C505891475EE1F3BC42F3412D005333CF194BF63F82CB3BA34BFD7832330730C6C5574C0B91669B48B0889A2BD456A95DF034ADB013DA4BCF037386EC0E71634D010BE534B30075C4EAFA98D20697553698F4ACC26ADF3F1F95C33A688C1017D3DD1E67DB2236F85A1ED6D120B6278079FD631966207E2C3196BF42552061B93B40FF831EE90DAEA08DD56D0083DE1A6867F555455BD390619E2EA6FDBF840073567CF2599EDFD3CCB54305FA6C7AEE678C04CA863CECB32A66F0CCA12011E4B2A8C90690E76B6CC3C6B4C9C01B83B629805A7FB9F037819682C4D24D7E7816E992E44D8628414FBDA8E69DF5C4018533A56E436CFA5A4D244308764B0472A62A77C6AC74FCC5469FE60B8DCD1BE8F739C42A136AF069B0DE520B36BA125564F61C182908CB7E93C2DE5ACE17E65CF10E9F405A1D7E1F02B76B9B8B32A4F4042EE4DAE08457F0AD5C7B531899A3FEED3FB75C6ABBC42B0050465443A7DFD16FF980BFB7B59DE002C9D98160FF85503C5AC57DF45D060A9950789E8B312AEC3327716D6B79135A354E6501BFAFAF819FEC21BDD0ECFD326A148FEE226A97BF18853825573582E0FACFAAAFA0C27A3FB07675905F8799F5D5BEB43028282B813DBF84F7E25D5D0F3D60895EB99EF6E02A672C24B94744BDF9510022D7B7ED82BCB22C2C2A009C156D195B785DF2CE7E29E62CE3593811E985E444B4AEC3C2CB2884EFFE27D197AD99424BB302055A3BDD5757D4CDECFC1AF9B43B4D61855720BFE4D9E0D0C06AED79ECAFF610B8A64587930D59951E7FA30E4B0D4056627E995398BE25');
INSERT INTO "proxy_configs" VALUES(4,2,2,'production',1,'system','2026-11-25 23:40:04.161737',X'6554248C78AE9E122552362F600AB5B2696044BB54FD8BDB7A0F967D9902F47D255FE159DB8478DE00198F3E572376D621A63E77B11D047CE31A770264FE6D6586392BA3E4C36DEA87396EC045D272499680941CC4B51D4C500934F9D32FD3637643C44C64CBEEF993A060DDCD5C7DA33E6DCB5DBF22D194E693081A3AE1FCD438DBD411C92D2CCFD7CD16D2488BC4149E55D795FD904187BAD64F1AA43827099A2178091EBB97A4DBE989A132B81E132263254EB2275D024360B606F737ABA0E8ACA483D63920ADE91D2C93FE5EF84EE05C4536FD87BBCE8CBF929806D8ADFA95043D7993A41B54E52A5CFBE6C106B808C4BA88C3628C6D3F6AE48288D80667344696BD73B5B5DE7D1EA1A5B1A73644CF68690E4979BAC7A31121A36299A0EA7C10A515335ADCF637E41FEFBD3E7CD07A5A1261110C9E05EDF74AFE156965DB775AAEB39BED051759BB133ED945C66C3093B24ABDA4C3A09E10695FFD33AD3F458CF3007C2F2586C7E26D40CC559E725777CD0CBF1472AE34F47B8D9E9E65A02711017E42616E3D65F6B2E8A7A96A3D07EC93B586B2D0E0BBE288FD2CE3D4BD25A6F1AC0BBCCDE73F5BB2D59A76150C136D41107436BC0A2D98657384895243F18A50027C7E81E92A00EE203F755282FE4D93517A2D01BACE860851024E802092A798CAB23D6FE6E5F57D2D10E3DEEA924A9D4F9BF93669028C7E4C7ABADD0206505E72C60C26689B2FDFF75EBE1BF12D4672DDF53DC1922B324233483128C19FE3705D9A5B95B80A86F7054D39E4DF10082E8B6F7249A05012220BE4F87207F9F36AE90514D8E4ED435312ADDFA814557D94496C0A0CF1FA0FDF556368EF86DA1E046E39D0B3384A30036E73B1EE06DC99C582E19071E663AC779A3258F3F6DB03EF747775D7CCF10D3C9B3CE5D91159C804D6305193D4860EDEAC5517DEF49F8465CF1D3EF2C7A585680AB29D6AB337FBB03C983CA8EEB4830BA98CED57EF6CA97EEFDAF6312CEE6E9F630C9BBE647E09FDFA67C9AF3414358EA2A052344746C90770CD7AE68E92A1A78F42056C5D70B5330F30C3498340CC41D2BD046F6FEE960CD47EDA49EC121E47FB1DBEBA4E40B76FF450A5F2198B0C0672E216D1CA5191EC3A96BBCC7F71A2F71C78CBF6EC464C59B15760C7380BD2BAD316DB9C3BE8E40134FDEF560B877E43C2F160CC02487E3C9FB77E2861F4CEF02F9A67DAEB793546ABEB96211A2747847E8F1FE536284CDEF7C1B370EF7FA636871D7CE6506CF64B80DE50BDF94356C307183AA6908645FDAE077F9D7BA3579118A6AB8B9352E451D42496A7B7CE408904B66288EFFDB63F9716BA03081177F4814711BCF789FB5A8A39D0487F5EDDA7A69CC0F11EE9F957211869D77352125402F05B3F601655D43CDAF77D75939712C2D3C8489210D961FEF393970FF6A56017AF28502E254605127D3C3E290B6009BA02D4A24B3A3C8706176EA21EFB466827925D4D9B116CD5E81804F1AC46E3C01226A154D35CCB4D405606041E4A35358C8E8BF1AD45BBEC801DC9EC8388FE11ED93857274A794527AFBAE2FE72CF6E3819AF162DE8D3FEB5BF8CD6AC246345CB434882A45B3CFEACC1FD08E8956736BEC4DDAD353F3D94CD691E5D71DF8811912AC78D77CB23A1DEE407230DB18A613B2CB3A419601616D3148E263D4C647C1C29534478AD9C3815616EA7AF68EDBF52D7620DD45DEEDA43C90686CAB3A4209BBE985A8216C50A8945C0D0BA8D86A82C80ED15E7B18C3788A83ED44242D5BA0F601B759BA34AC3C25D2C2E3D9B85F11EC10A02E79D2443CCB2CD713813D66C2FA91EFCE7A9BDACC6460F853665591D62BEB519617B3970D584A74535B20EA21C348E2BCC43E49FC0D6477056CEAD0CD76CF29481240BBABBB5C87FE0BC4FE6769BC062173A4E28904B88002A376477A6D52D3891E29E568EC3DF84D645611C5DD268152054D5D5B751E9EF9427D03A52DECB24744608D8A7D046B9ABBF6005E15C18CD3BFE7D4FFD462FD617653002A3D6F99B11F7F600CAF8A39287896048FE3D6E9A28DC0D7AD913403B91C589025B7D307FD8F450D2FDA1F55A6C93CE83CFD833606CE190E07F7000494F2E295BC75549468F11917FBBEEA477253E90BDFA8E2BCEFEDB73E72067532E5C92CDE4FFC62F04F77DA959AD147AC1E6B1701CF128DBC92CCB13235A9D7FD06C2723E9C18F15B34FDB076477CB9D59CF48CCEFEDB3C46CD082D7499F495D6A8B9421F4C2F34109103F2C9421232A724F57691B5E552933AA0A6FCCADB5CD4731294E4E82A4294B1864BDBEFC44B368162D09E45BD4896E04108F9B87A5729B8DCCA753292F56CFA56E1F95B39A87751A7043328982F100B58BEDEE993DB38D228F3524AA7804E83EF26E97C087B672E588ADCA6C7FBD33AFE273BF462ABE024DE19BDB710D5841641C7A590F443F930D21CA7EA571C12D3CB75BC8BE2DF5CEAE1FA5D4D7E18AB45C1584C7C505891475EE1F3BC42F3412D005333CF194BF63F82CB3BA34BFD7832330730C6C5574C0B91669B48B0889A2BD456A95DF034ADB013DA4BCF037386EC0E71634D010BE534B30075C4EAFA98D20697553698F4ACC26ADF3F1F95C33A688C1017D3DD1E67DB2236F85A1ED6D120B6278079FD631966207E2C3196BF42552061B93B40FF831EE90DAEA08DD56D0083DE1A6867F555455BD390619E2EA6FDBF840073567CF2599EDFD3CCB54305FA6C7AEE678C04CA863CECB32A66F0CCA12011E4B2A8C90690E76B6CC3C6B4C9C01B83B629805A7FB9F037819682C4D24D7E7816E992E44D8628414FBDA8E69DF5C4018533A56E436CFA5A4D244308764B0472A62A77C6AC74FCC5469FE60B8DCD1BE8F739C42A136AF069B0DE520B36BA125564F61C182908CB7E93C2DE5ACE17E65CF10E9F405A1D7E1F02B76B9B8B32A4F4042EE4DAE08457F0AD5C7B531899A3FEED3FB75C6ABBC42B0050465443A7DFD16FF980BFB7B59DE002C9D98160FF85503C5AC57DF45D060A9950789E8B312AEC3327716D6B79135A354E6501BFAFAF819FEC21BDD0ECFD326A148FEE226A97BF18853825573582E0FACFAAAFA0C27A3FB07675905F8799F5D5BEB43028282B813DBF84F7E25D5D0F3D60895EB99EF6E02A672C24B94744BDF9510022D7B7ED82BCB22C2C2A009C156D195B785DF2CE7E29E62CE3593811E985E444B4AEC3C2CB2884EFFE27D197AD99424BB302055A3BDD5757D4CDECFC1AF9B43B4D61855720BFE4D9E0D0C06AED79ECAFF610B8A64587930D59951E7FA30E4B0D4056627E995398BE25');
INSERT INTO "proxy_configs" VALUES(5,1,3,'staging',1,'system','2026-11-25 23:40:04.172131',X'DB48BA955BBE12223E0D2DF17BE46A22C6E80577228FB0E25FB2482DA252E9900C41B74A94EF760189C5E23F7704356F42D77F908F3E25E0FD71244041359A918153C2A852C963206F9AFB2E2B99BF44170AF467D07E77BE0BB553C30E8E47D0708414942D454B977A30E98C0D6BDFA59C9D100AD0D6E513836EFF6DB72D06AE5BF08409FBB1E3C30BE7DA2F82AC81ADE317CA1E5A08302732DFF715694A2B4087676CBBA406E2BE0D6632B83B5A7FBA6FD52F43303E2269064DD66B08696F574A2D5CCC9A673930903F6582D2E1C7E433DAA053955867370ABBC0D5C8B3D098FBF9827C2D9F05F7A5ACF5EF8B91FE4EEB9E74C718ECCFD7B3B7B0E6A94B9FB9EC5192DA3D864D5A1A60C895624BDCA8C3DEDE65A16AF89B42959CFB181B78BE469EA36C7100F8305BDB99DD2279FE7698EFD1D15BBEFF2D988AD0CE2971CF69A2383FC59102B202607DA287B53D683A1ED5D9F9CE12479ACE86D0B53BAEA6222A5985E64831ACD28CBDABA6E2FA851997C51849505C516FAE281368F93945F070407E1AAFE4483FE55925CBDCCF5D6099ED35DCC6655B01C2387A688BE4F78B55E159D4BE58C9DAAC4487393260AD28794CE6F7D10DACCF591E6349E06849024F20467FDF63855A9DA53D6346CFFBD493C0CBE4131AD1CF9CD5C16475D56AF8D895FC24E363CC6A5E988742F9FDA992261A668032EF4F943DCFCE3C31D0FD3EAF1273914B445FD865ADBA67F75C9E076418D60C8CB96ED7E10DFB300E13A2FCE3704CF3A144F1A75391E1A20316B3319E4EF4DD38900C95050D12DF0B9C778FD7B6257B09B738FC82D122B14C5D3D87B78530381D47A138F9EF5CE7B13D8F5C7E9BE5FC690F642C333564CDC51C25AC9B3F551F712482D4AE1BB96AB7DE8630CE74BBC424C9CFEC9B00DE5E4D1FFAF28430EC5A79864A1FD2C1CB21DEE229ADE8B92A5A24BB86B06CC4CE422663F0907322FCD63AA5F226ADFFFAF0F27CA0018672F6B37E2DA22237A2E78DBA4A6009E4A3663538262A425D051744B70ED4360125D72C092281621E7F7A94EAD2C9A215C1912E7E1B1CAA0E9B3F6ECE2768737D1C78CD239FD79690B2D264129F859C52CEDD0F237B124C5D6118BE81222FF138052C916E3E92E8D01C2476CE89D23A5B1270EB93A5DB6D7F15E9FEBD289F160894774C20B430FC5294ED4E2CE03ACB250D681D9F8C1AF1585D4E4F5F4DAC14AF107819A18208011B3B5ABB024ECF8CBF7A8E1F08A82FF3345EA64F53AA197EBF175BCE3C1B56DA2D159C5BEEFA8A6BD63E91A41ADBEA49C1CE24A1554344A67487121BFBD878008797C9224B45F38DDD98CCDCC91E39AF338379A371F69B2625657D72C88A7A5E70C45A47C1247BFC8061FA88C128255FE34CA459ED7497BD2364102BDC8CDDE7C0D3E49D1ECF5BCAD76887CEFCF36E9A1E832F441289E3D5CE49305CC7733DE368B73BF39FCDCB35B84ED84708593A6539A753AA2EDA4AEAD842F3C7CA3D388D6000B371EEC8EDAB58061DEE8E92455A1278F579C4ACBDBD3382EDF78AB4CCB8DD3663CE47CFCB2F2F8E7B0C3C2C60434448B3CFF2E92F007A315D3D384F8E2567C7CF7E1D1F98376F098196711D160CAE2B2EB85CC749F1A483EDB01125DBF326FC887E4FE9CC73BF1714A2DB56CE59E2F68DBEAD3B1B84A42E686380F864541E4033E1C6654E57D77A6BFA9149423FABCC7A28987A953EB0B2F47CAB320700F17C478732552857752977DDFA6A3F89B8128E520168F8E204333D3A2549BE6E74107B6EF66AB1D6D41A2DE1DA39B3C8688600250B831AF178370B3B9FA1A3A4D9C305EADF0144B4C752D8389C0E65651242578F750762A0DAB83907BD3881D2B4D2E121CBF4B576B2D97CC2BABE792B906F5B5FC389C89944679ADA0774CFCE24853FD3F869B3CD376B2BC350FDBACB146A3CFE9EA3B6948FE64AE1E3C85D90F882EF870CB9DD6A9E4832FEF4A6952D7EE2E2D2F9C8914427FFB85F61BC234410DC87E65BB45D249C6C04C80DCFE5BE95CCB218C6821DC470571AAE0CF3A96CFB9E130FA065800CBB018EEB4E162401817B978A1654AD21A5C9541209FC1FD1115C4A957E8ED623DD4F196542FA80B8F65515BB44232C508A5A1B9119BB6ED83EBFB3098DF8445A3DF673469626014D85EA3316090F1057D502504A3E6D91E3A5BC2923E6E7CA4AEE17A7C0F7B74FF30C2144764928B1175D91E08EA16141AF06506159F17C1A8ABCEAEBA6167165EA48AC52944565995CF03A586C9C45D0F77F76CD4AAF5CBB86F858672100DF49347747E3A2C345F078AA44E97F642800C5F027740E8405827717D4EEF55136E361A7ABC3917D63049BDB0ECE91577A0035C36B2D359AEF7A04D59BB5AB6A6B642E46E7B30B6EB49D4C435F1F844F96762F6166C152AF5BB21D5E3E7BADBC323AE2BE258027E3EA3C811E45325238D399CC2AD9769FBA9821D8ADF824F132A85DDBE8B6C61ECF55E6EA7AB872B6506945D11483C0007D99B82F6CEDB3A145341B50DF2997C4A3BB8204910001FD0FA8B74573D0BC891339C1D3F32EBC5791CCCBF6905B41BBE47D65C43B45F370A950FF08C38F1F4DB5FA32F8584981893E2AE226453925FF2E6136E45C097965F41E9128F9CD3BE0F409BDAD09F586FE28598E11C0673C90CB3857BC08789B941CC1D1E377F179418B18426F85969DB4B349C1C27F89C5710F007C50559C69C665592B30EE1C6499A75B0429DDED74B6E6F0459CD00B5441B73DC20D810296495E61F27171D0FB3BF9C9A1CD2D40D227474817FBB4F9DD1599335AD413350EA23DAD0A3CD7114A2C7891FE248942C868DE63E2B6B0E2AE33C56D47D8DF5CF14B0F0DEE70452C0CB6243586F145937A4926579FA60DAA02EA365B1EF87320D8482C25A849D6C3EEC76A99E24B02AD2B290DD97F352F5F20CBFB536AF1D2F106DC85515790EBB5C2208DAD778F6F898165986FD51B827E4C3960073291B86E5C9C096BA7844A145333243AD6F9CB21CA9323E5F939B6C6E29707C2B97A166B34372D9629EBBF2015DB1E87B6B8D347D23BC250B68E2BAC3762288F35779612A7C830D8CC43DF47A83AB04E41AC0BEC523D39B60479ACD0CDC582A995898DB285826B7BAB1290BB1DD51C3EF4A3E9A262BF64E7663009B05614955AFBC2747D9D8A881D0E6D0DD5153978BA8D6AD4039213EEE488607BE2C0CBCA88DFD2ACE5A99CB059914F82EDC11D3E0DC7050942B0B2C32DCACAD47CB1F12CEE38A542F248F7D39E860F10D3E8E23B5B7EF8464D65E412FE8FDBB852798AF69EF382E7EAC87A0693AE30337DDDFB662B17DBA3');
INSERT INTO "proxy_configs" VALUES(6,1,3,'staging',2,'system','2026-11-25 23:40:04.195999',X'5D3BADD967C29379F9B6C586C2D8634E6C4179617FC33F65DD5F15707D4B14BAF2DBB52F83952840F9E9C9D4184C133207C11C23734E72FACE9B5BDD71384422000132E653EAD48F7E5C4F7D1F0988FE2B05C9DD88A9E53E48CE8608B8E4A3D438AC141CC3FB134543B88A1D08C468336246AA04DD65A09E63470167323EFA406EEF5C34B2B40AEB6FED9F4B107C44AEAB9395FAF72B61508885197B250481EEC1889DB50EE9CB2C1652D646C80A679142AB9964FA74C89FE8704BD269B479C49A97B001DBA6CD53B996BECECF9B6098F54E6643BE46A1138896613F1D88CE21E9BB94C9CF9A350584880C68EB453F37C994D4D505B1273F6F62CBD4CAE74CE48EEF19458EBCB710B1310AC380C8FAF3DE18F7BD9F58323B2CFD8A1F854A969B2C6103AF64313A39BEF30687F5C8E3C93DB3996960DFCD54740AEB2C362C6D9EB47375FACCC54D7F6B2EB883C3BBBB920053282359D8872EC62C4F39BF6B7B599AC26FD31F0C85BE1207DB33EE6BC811F58F2AAFD6D9244290BD11F6302DA9D3230CA43B6547C05ACD57D08A9F679067BA7FC409284F6F89513A565FA2CEEDFA748E9C3C9F5B30AA04EB846ED5C83615C7069BC9D0EC12D635F3A037DFD268AF0739B027330E5708F4DE3209DED3A14494A69043A600BA7D32A58CB4A4418C007A1422EDF57545C58A9DBC80B5215343B4E30B522185DCA44D84504BEA7B8C10273AC2115B9A0FF1647067A556AF16CF9FD0C2D1C22ACA74CB655AAAA48CFF8662A31AB63908DAC432519ECD18AEBE4CE7CD1F09F5FE8BCA39708CAEC7A08F81DEF1E5800AD02CCA8871B6BC479D0F4E0E733B2AE7FAFFCEACE50229DDC80367CA3BEFE073B93EF5771AA8B9F5F47AC35E27273B10DFB78C44DB06EA003B19A94C90F4CE83316144158C2C7838DEA21F99B7A95ED1616DB6E798B510D7EB14B6438A5B35E33C6B044ADDE2D012D3BD4749D158412B69C9994E3A4AA499EAA500370AFF29052442D0F5A4F60819A41AB8746AA396B40A2FF548325852564E5AD4C1490A4E98A4022E9B97BEF044916C3989182DAECF4C88F50EC30F4DB088952EA208F123C2EBC45B8813E7BEBC936351ED7C5A89B499BEA8AA50E69F20C6C3030DE508D1EF556C384E62AC3C74F81D2A0E81BC3D11DC2D3F5524EF0125B966670CE357366FE1893A94A3E850C7A082AE0A208DE5D9DC6F71CB0334FE9F17ABBC9A04AE08FECCE38563BCBF3B60D912C49B4E15372CE56BD781376963CFF8BCA8654B34742D8B3E44DFDB251714B5E797BDC54CE9A48B62F343E68951DDE26D9B0BB6FAB4F5B67800702DCEF3533D8EB31E465F875715C37ABF6F8066A8547E481D414857ED079C73BCA3C6EDCDEB5649FBAF8794F1958FFEA171EBEBB50B701F663997259D557A2F3315AA8240A30F4FB4D22B6311BBCA80653DA7DD08D776534C44B597A02C85C90F3D3906F4D8C3B22CA4C33CD2C8011224ACB64A8F84C6BBCAFDC744EE6C224ED4EF0ED3C50C6E58EB68206DB92EB14FBB653A4C581AAFEC41B714E9F77E7ACFA4B49ABFA1AAE35AFB9D91CEF77C3E3F25158128DD8D92838FDE47AA25641F88346DD4ED86B99E438F03E53C06BF6C33BD4787673C5A602C86B1252CE5268CABCCD28C0EBBC3E5E3CB3D4F6B34871B51543C02C2D7DAA5AB92DF18D9F0223C21EFD6D3ED14F8EB1CB6FA6802CC614CAA65089BF5002766BDCA82504403E49F4CB4ECF3ABD4ED9B249A432DAE92DD00E2F03892F49F97939C30250C40FBD7BEE8EAE0F64337DD90D3F887E3039A3423B80D0731C9B0483A49AA1E3432DA521B15F9BDF38E45D888157DA8FF96CEB7FA3E324E94E6B255DA2C452B10391F97B29F25B6BF4AFC572E75AE42BD4227AA481B75838A092044B09CFB092CB469F122ABB88D5C47F14BD9771624DCB88B0BA7E22A6CDAD3E44FBEC758BAB80D7FF8546616FF005CB167B8579969D68BB47D4893923612C556D119ED9A2D24A4776D3DD8940355711A3EA5A0E3E5A38A7D3391D6FAB9A9139FF68F6F36D228FCB0537F2B0DA07BA1E65DD489C22844362593BFE4A2C69EC0BDFBC7F1EEE35913EA8C93EEFB6E0946D3F1EB60F278C51CAAED7F5DAC3FA1206FC49AC6E74E6C98C6CE36C5A0622F14BB5D01BBE36BA77C45841DABE98DF2CADA77B1D58EF7EA0B1E5E5E7AC0F0430AFB2F6C842668333CA0F615F3B06DAD8D22569E04FBDF5D3BCD604D57A279662A29B9B8292E5260121DCB5F82668A8A4CF40BEDDCBF2AC995D7698E2D0A3C4AD4B46465DBF8236BFE0439DBC9459482C5C7D9160A4F2144491590DA55C147327032988EDF0A0CDC29779EF4DC9D2236DFBD300E2CCF04D4921F121C67AAB62ADC52C916B29931E18EC48C621FB741A9FA0265ED649D35B92B3D002C183B8047255B8E074BF2D66A4B658F67EA412BA418A9EE76A2149D76CA2434FAE54D89948DEBEB6D1F43391EDBAB9E023A0CF19913AF5736675421F3E903C14639A64AC0DF2F834E2E8927D2177A0D564200036BA3370DBA664B9A67C10697ECDC20A7B4B6193A427EC17813D8F34CD8BB58AC0C910BB4B56311885BC71D54E3E0508FAC226079408BE2618D31CE5FE4AEFA753155A092226A37B8F55E83F478635AB50B3AFCCEFAEA5341A57DEF9A9FE4F3F2C87EB88F04F049CAD68DE7E8FC2CFFD24F7EF8A8935A3C771C7F8912994A23D9F670BA15E7A1C18CC6076DD1F23061525735F5DCB3E38D31EC4BD72B1A82031878FC8549EBFB781E173530D9A90497EC6B60AA358337061C5CFA1AADF830ADEEA6D0D0C4F2304F8988B38990B543FDCDBE9B7237120F977E5F35AA6C5AA166CBB1E85B453C819571F02A5942F27204C6CA8161B32A4FF6F451D7EC8D316A840426244BE5ADB866545BF26DBABAE4E6C59F51FE549BDF2D852B27EC6224C2CE5FAAA81710EBA48B738154B4A2DCB6845A1B88274DB11DDDB07F521F0F6C08DCEFD7C895D04A6C0273D89CE92A23F9A8DC40F94A73E7599F7F07B598F2340DE3F9E4DCD59BE77F2EACCF48263000231226D76FCDBA842B720890199855A0CA01C86955FFE6BEF5FF6DF8A5B6B97F019DE71DE5962431E4853DBB712310B014C81D5DFD1F30B4C16C7DFBAE5295B9909FB808E80E46CB44BABBA87DD8B0F198AF2CD0E3D24279CDF792198118773D87801FEED4BFBFDBE4A3D8176F781545AD4BADEC41625E74EDBEF0E19E4C403349DD3EADC4D34346746CB0C938126BEF94D917FE4D66B66A8FFD5375F0A5C6BD2D1262832CE317FAB13C306DFBAFF3059CAFDEEC003BA03450C0FFB0978AD496FE74AE29126F5A7594A0254B4A72538AA0E42724A6BC98B068808BD0CCB469D6C8B6E317B4D1676452A57AEEF37568EBA10E41010661E820ED94935FD746D3D7C6C117B788CEE2C85ABAF40D4B1F3733BD461C1D217358DB2905D39E25AFE35C523FEBBF9009D90E9F1BE50A8E3E1624243026302021E5BBBDDF2AF5815DAD3981C43640DDB16532BCC523BE8BAB90C1F81239656EA65468446EDEE413A26A04AB133476E5DD615ACEB74F61E62809E5DD671ADE898695F7F9A5C8D22CEDBF92FF14C049974192B9B99CBFD62B6E2E6FBD0523718C070292DBFB11B73D558DEB98F951ED3AFFE9FF2174588CE443544DEC213C6943126D46487EC20892E5F3902B9F22F2A50F69FD4B59EC76F69D414709F202D6CA83FCC4079CDBEC4EFF80C5F781EFDA420751D78B19D8180046D59567E9BB19DD8E585C389E5C4D0D9B4D881E197A2B3F95C608974C9F1FB277FCDA1DF6D235C6A9B6BC8BD4179EC1081ED435A7E4F2C0278498519921EA1EEE7D524798FCDE284BCBF1B01A9B3D14A193356B5989072680DCF5A4E7406A90F148AB9D5818976EE7984811B44A5155F87357CE04B808E7F44ED21DCCB59074ED4434554959F2B647E77FB0029A8B5A9E6E470B0C64011B2FF8F95537FBC2BC21B54ECB50B6C35DE119976E1BD1D3F7A3AC735AB7E31C32C8BD1D6C318DB9D87048BD9ABE378D5C81561F2B45BBF69FDF82D17F3F3F42E92A6B48FEDD6487AF7AD05EDCA1A7FAD6038210986808A9F7F1C02E8C4E8526');
INSERT INTO "proxy_configs" VALUES(7,1,1,'staging',2,'system','2026-11-25 23:40:04.282868',X'5620590342883C7884338A3BC3CEE0D298218E66A766385DFB15CFFD63838486B7B9DCB96A67D7F848DA781BAFBEAF9FE9E5CC1CF1AD3C64A8C50CC288370593178CF15A22414D6A25F89EBD8C8DCA8C7CA1A8E7EE9C1FE29928394F6F8A0104C0E699B88D148E211B6A7F3BAFE5AB55B0F3C09DBFB6962E09E37A3BF021BE6BD96BCC0606FC1D41D30C4AFA1D9F23E78ED1746C0E2B16C3F66683F333C379D753E47FFDDF23816CCBAD7B9EE9C4239FC94291932E715340BE4059F8C402624A04CE400EF368BC514EB884BA90E7621857F3D769F0A0DC3AED3C1918DDBA2656330B9817CC3E6974CED3AB41F0C415E7512D2B09BAB2054D194755E8B167476095CA9A0994B4D94790EFF5FDAEA698C34C21D7A1D7B3DDE5E76135BC5B866B2A82DC86832F6C13C5D818E8D37C09C904C8E5B7080B4F5BE8EDA98DE90791D347B8414379C6F59712AB90F5D8600540F0C610085A6688125F464452EDD1EF891C812C04E45A4395F52C7F31F91DD9EC6A936442927DEEF60A4BA016D309EEDE65DA6A92C44E22BE2E74222E3ABDB73C938387FA33E5300A545872A2DDF353F5A987AB40FF4903C4460862675F6A9260B7C681AEF7084621138BF1A6DC786E856BFBAE7EF2564AD882B89112F728DA40D04A415AA1943B38CCD2E3E46F119CA35455FA73E5D23A507652C338F9035129C19787121E58F9DED4810083CC716AC64479A6FD11E4A377D6943FC2A5DFAE095EFD41DDDA483FFB865D222ED2CCA9F20545B988A67B78A4C484B72345B30B090A94F31A115477D7072A84A4590304B323BCD5901A72DC54625AC3D4C05C595AA9D4D047C8F5C1FE615ED21836BD6044CD3C1D5E84075AC4C46F7C680ABD80E24544580A012FC330A7BD99B3868772A615614627E2ED11A5348B711A2231A11E6CA9F401D5F8085CDC47BCAE9FFFF18B63DD0860D7EF9C59F246A320B835C61B5D39B09B6F6E983537C57735D4BDF32271625458D2FCA4E8EDBDF7B0396C4FD29F2A8C7AD44ED2AB346FE79F791B8F8E4932EBE2F71823E670B477958993C3D1B26E2CD818E00472DC165B8E2B018C1C0FEF6BF0CCA3E887D7BC81D05F07EF95BCEBFE49514CC1B675DB1E232B78E16CEC8AA853C6A50B5E406E049287AF3250A81BECEF1E6F27ACA07F6CAFBF5F8B520F8AACA7DB6F776C897EB7CBA279A119B2E05A593F8313548271032115EC952EBE7B98225B64933BF03B8A0B7E31F62DA81F87A9CAB02A46864797D77DD87622593158CF4F551ED67135E6759B98FBA9143D8F5F50C11433D994BED6F531738EB27D1EB2F68FEA95602EC20376C13980B355CED844EE1C3A6ED98235B8ADEC1DA7236594EE077F633F1F2BF31F5CDD92339E614EFE0FFD4F8F11C4A2BB1A94F48F6939B47CDD5ED92BBE6B35ED38DCFAC7EF61AC4C644315EC42E747430E282F2B9E582BC4366E54AA67AD99909E63F48F0F33F84B50264F2E3E650330F97261ECDBF576191D23A168F7B9B3B6B5BD414DBA9990E393A9AB04481E52A74374BA77D3C0783CAF1F2F66FE1DB523ADDB469C6E099FA304ADBE0664890C913B3752B6F38EC700E15F91B398F707DE4C46FEDE0FF24E9A9D2DF6CC12BCA88DE32DA58B687965A5366F6C168BD749BDAE0F45148B75C5FB1619BBE60C66E08052F714698FE8BC49A1F2986A471935B81BC3428DEBFE08DF4AF4C0CC5D9EA27A44EBA600EE3B688275FC8F04DD228D5253C5BDEC83131CF003468459967D054F14FC53746D749827359561E718B35D1ED11C133A8DF5E15379E66D22AF410A0C11501A25A75262ABCFA6D98736E1022681357E9049732512D1C4DB1A376EC01C813DF617451163E488C973A825C527F8DB0667F97A3A1694CEF49234768B7ECAE63FC00F035F9EA1D4115AF01B69D1702528C0B77C84C68D768C399408425F257E7DFB6D160F45545EE837FFE05A2C1421F1A0E627B6A270588829E01CFD30E56BF0FEFE3AF692F17F224B2EB36D53B4B580392EBF03CF93FEA7FBEA72674C8D8579A7D5715F9CD1587460BF1C779B7CC44E64BE3A7ADB713C5D3FD5CFE87712816912BEC2D3542CF52AE0D49C5046F5CF45F89DFA1510178CA7F82DFD6D01AAAEC9E1F35A51C682A2F6FD078FE5F1546FAB2B7DDFC9DB509A85C5194FFB3C79D1FFE3E8C49EBDED7CFB44CC807ED7A0853BA52D2EDA3DBFF4F60B2658DDCD562C92D0E680FF6D4ACD74370F9FACBFECFBF6030FD5DFA58B7C04A631D3270F21F0EE03EA767F18F317D1EB2A9EE7932D4B69FB0DCE1E9F836D4BD71EBFADB1BB4A258877F849FD76E54B7172867AB223002E35CDE6255F2F640529D0123319A319FF49BB3F92C3F82667299EADF391028AFC63F172F89E5E9744AD921D80BEBB91A8AA0AEF88AFDF3D0948C474144570EA89F3815B4F033A41F9B377A7BA7AB710C2241DE11B1A520DB62CDA19276F92C4368D8578E37825EFF8BA00C95D4D73680EC830928F6C0BCBAFDF4FD943082F5BA24085286BD2BCE3064AC153822CF91E26D834B2E63CE1E79963F0E9ED95F98F256FC12F79680BA97CB1306AF2283199C5DE22A9C26EEDCF024526ADB9BACC6FDDFB7514303321994AC409918D5459CF4EDEFE019761285CD98F258BF2B5DAC41916735DF143467CEE62EDDC27813EDD25884D81A6B15C919E7E21A3DC62C0ED1E4697FBA81277E6714232744EEB50EDA72AC3E611B551C35DDA8BBD0ED7900A8C65595AF238816F9D38F458F4A8A0C6EC94ABB62F748C8F657782EC62641462D6FB2DBDD9D33C1B3B23569D97DB06E05E2C357913277DC2F7F391DA0A3BEF7DC9D46FA8792B3211ED2BB3C6AF8A69CF26296982D7B6E3C03359E392A53EECEB88DB32A8F7252CA528709A54ECB17B906BDE938B978833B4F7BF77FAAFD0B8C51A40DFE74404108AB43C2EA635C9A5BDD9449E68CB694F8FDDA2D089EE544C6D900E21D85B976660DC345C277AC43989148BE1B4F2EAD42DAE4D7D3F9F305D1713D6B54E7803EE21A30F1BA9B10CD0A3937533727E0C16A7773FDF231BF85BEA0BD6D8DCD1890BC96764DC55E873C039E98B4A43716B3461208FB20F20BD51CF6FC8E425C0A2CBF60AF4A30755C4B7C9882C09751C29E067A0D5679083D331ECB1F553E7E9A902971F5E0ED9FA8056BFBF024AE6681DE222F861A6DA1D0B33E91C33BAAC40065B77D769AB84EBE40D15A8E28E771E94FA42CC656D0DC7A73A634C60076EB559CA36CB0519F0C97BC7C25C3B018052A8BEAB3AE3CFB0C8D5031EB6CE5FA65FC8C2F1A0531DF268DCF0E211B01D6F8B9EF72A136426B19797D16808BF9B4AA2539D752B05B4812B9B33A91462E7A5B8CD1090AFC447D6CCF418836E0B04AFA0C74822EECDF658303702245A1FFA9391B0C7618A5720DA668BD0CCAA61FDF6C2815137E39237C9846BB39F3CBF15A96B3C338EB75448F9070C8AF36E3E75AC6BD0B998DF8656C6470F7938669799887D204979E3B5CDE3A666F8A5781DF6F442134F12E1A39E0D5824B374AD4B07109448CB3AA555110AF62A2A496CDCA710A89731');
INSERT INTO "proxy_configs" VALUES(8,1,1,'production',2,'system','2026-11-25 23:40:04.285664',X'5620590342883C7884338A3BC3CEE0D298218E66A766385DFB15CFFD63838486B7B9DCB96A67D7F848DA781BAFBEAF9FE9E5CC1CF1AD3C64A8C50CC288370593178CF15A22414D6A25F89EBD8C8DCA8C7CA1A8E7EE9C1FE29928394F6F8A0104C0E699B88D148E211B6A7F3BAFE5AB55B0F3C09DBFB6962E09E37A3BF021BE6BD96BCC0606FC1D41D30C4AFA1D9F23E78ED1746C0E2B16C3F66683F333C379D753E47FFDDF23816CCBAD7B9EE9C4239FC94291932E715340BE4059F8C402624A04CE400EF368BC514EB884BA90E7621857F3D769F0A0DC3AED3C1918DDBA2656330B9817CC3E6974CED3AB41F0C415E7512D2B09BAB2054D194755E8B167476095CA9A0994B4D94790EFF5FDAEA698C34C21D7A1D7B3DDE5E76135BC5B866B2A82DC86832F6C13C5D818E8D37C09C904C8E5B7080B4F5BE8EDA98DE90791D347B8414379C6F59712AB90F5D8600540F0C610085A6688125F464452EDD1EF891C812C04E45A4395F52C7F31F91DD9EC6A936442927DEEF60A4BA016D309EEDE65DA6A92C44E22BE2E74222E3ABDB73C938387FA33E5300A545872A2DDF353F5A987AB40FF4903C4460862675F6A9260B7C681AEF7084621138BF1A6DC786E856BFBAE7EF2564AD882B89112F728DA40D04A415AA1943B38CCD2E3E46F119CA35455FA73E5D23A507652C338F9035129C19787121E58F9DED4810083CC716AC64479A6FD11E4A377D6943FC2A5DFAE095EFD41DDDA483FFB865D222ED2CCA9F20545B988A67B78A4C484B72345B30B090A94F31A115477D7072A84A4590304B323BCD5901A72DC54625AC3D4C05C595AA9D4D047C8F5C1FE615ED21836BD6044CD3C1D5E84075AC4C46F7C680ABD80E24544580A012FC330A7BD99B3868772A615614627E2ED11A5348B711A2231A11E6CA9F401D5F8085CDC47BCAE9FFFF18B63DD0860D7EF9C59F246A320B835C61B5D39B09B6F6E983537C57735D4BDF32271625458D2FCA4E8EDBDF7B0396C4FD29F2A8C7AD44ED2AB346FE79F791B8F8E4932EBE2F71823E670B477958993C3D1B26E2CD818E00472DC165B8E2B018C1C0FEF6BF0CCA3E887D7BC81D05F07EF95BCEBFE49514CC1B675DB1E232B78E16CEC8AA853C6A50B5E406E049287AF3250A81BECEF1E6F27ACA07F6CAFBF5F8B520F8AACA7DB6F776C897EB7CBA279A119B2E05A593F8313548271032115EC952EBE7B98225B64933BF03B8A0B7E31F62DA81F87A9CAB02A46864797D77DD87622593158CF4F551ED67135E6759B98FBA9143D8F5F50C11433D994BED6F531738EB27D1EB2F68FEA95602EC20376C13980B355CED844EE1C3A6ED98235B8ADEC1DA7236594EE077F633F1F2BF31F5CDD92339E614EFE0FFD4F8F11C4A2BB1A94F48F6939B47CDD5ED92BBE6B35ED38DCFAC7EF61AC4C644315EC42E747430E282F2B9E582BC4366E54AA67AD99909E63F48F0F33F84B50264F2E3E650330F97261ECDBF576191D23A168F7B9B3B6B5BD414DBA9990E393A9AB04481E52A74374BA77D3C0783CAF1F2F66FE1DB523ADDB469C6E099FA304ADBE0664890C913B3752B6F38EC700E15F91B398F707DE4C46FEDE0FF24E9A9D2DF6CC12BCA88DE32DA58B687965A5366F6C168BD749BDAE0F45148B75C5FB1619BBE60C66E08052F714698FE8BC49A1F2986A471935B81BC3428DEBFE08DF4AF4C0CC5D9EA27A44EBA600EE3B688275FC8F04DD228D5253C5BDEC83131CF003468459967D054F14FC53746D749827359561E718B35D1ED11C133A8DF5E15379E66D22AF410A0C11501A25A75262ABCFA6D98736E1022681357E9049732512D1C4DB1A376EC01C813DF617451163E488C973A825C527F8DB0667F97A3A1694CEF49234768B7ECAE63FC00F035F9EA1D4115AF01B69D1702528C0B77C84C68D768C399408425F257E7DFB6D160F45545EE837FFE05A2C1421F1A0E627B6A270588829E01CFD30E56BF0FEFE3AF692F17F224B2EB36D53B4B580392EBF03CF93FEA7FBEA72674C8D8579A7D5715F9CD1587460BF1C779B7CC44E64BE3A7ADB713C5D3FD5CFE87712816912BEC2D3542CF52AE0D49C5046F5CF45F89DFA1510178CA7F82DFD6D01AAAEC9E1F35A51C682A2F6FD078FE5F1546FAB2B7DDFC9DB509A85C5194FFB3C79D1FFE3E8C49EBDED7CFB44CC807ED7A0853BA52D2EDA3DBFF4F60B2658DDCD562C92D0E680FF6D4ACD74370F9FACBFECFBF6030FD5DFA58B7C04A631D3270F21F0EE03EA767F18F317D1EB2A9EE7932D4B69FB0DCE1E9F836D4BD71EBFADB1BB4A258877F849FD76E54B7172867AB223002E35CDE6255F2F640529D0123319A319FF49BB3F92C3F82667299EADF391028AFC63F172F89E5E9744AD921D80BEBB91A8AA0AEF88AFDF3D0948C474144570EA89F3815B4F033A41F9B377A7BA7AB710C2241DE11B1A520DB62CDA19276F92C4368D8578E37825EFF8BA00C95D4D73680EC830928F6C0BCBAFDF4FD943082F5BA24085286BD2BCE3064AC153822CF91E26D834B2E63CE1E79963F0E9ED95F98F256FC12F79680BA97CB1306AF2283199C5DE22A9C26EEDCF024526ADB9BACC6FDDFB7514303321994AC409918D5459CF4EDEFE019761285CD98F258BF2B5DAC41916735DF143467CEE62EDDC27813EDD25884D81A6B15C919E7E21A3DC62C0ED1E4697FBA81277E6714232744EEB50EDA72AC3E611B551C35DDA8BBD0ED7900A8C65595AF238816F9D38F458F4A8A0C6EC94ABB62F748C8F657782EC62641462D6FB2DBDD9D33C1B3B23569D97DB06E05E2C357913277DC2F7F391DA0A3BEF7DC9D46FA8792B3211ED2BB3C6AF8A69CF26296982D7B6E3C03359E392A53EECEB88DB32A8F7252CA528709A54ECB17B906BDE938B978833B4F7BF77FAAFD0B8C51A40DFE74404108AB43C2EA635C9A5BDD9449E68CB694F8FDDA2D089EE544C6D900E21D85B976660DC345C277AC43989148BE1B4F2EAD42DAE4D7D3F9F305D1713D6B54E7803EE21A30F1BA9B10CD0A3937533727E0C16A7773FDF231BF85BEA0BD6D8DCD1890BC96764DC55E873C039E98B4A43716B3461208FB20F20BD51CF6FC8E425C0A2CBF60AF4A30755C4B7C9882C09751C29E067A0D5679083D331ECB1F553E7E9A902971F5E0ED9FA8056BFBF024AE6681DE222F861A6DA1D0B33E91C33BAAC40065B77D769AB84EBE40D15A8E28E771E94FA42CC656D0DC7A73A634C60076EB559CA36CB0519F0C97BC7C25C3B018052A8BEAB3AE3CFB0C8D5031EB6CE5FA65FC8C2F1A0531DF268DCF0E211B01D6F8B9EF72A136426B19797D16808BF9B4AA2539D752B05B4812B9B33A91462E7A5B8CD1090AFC447D6CCF418836E0B04AFA0C74822EECDF658303702245A1FFA9391B0C7618A5720DA668BD0CCAA61FDF6C2815137E39237C9846BB39F3CBF15A96B3C338EB75448F9070C8AF36E3E75AC6BD0B998DF8656C6470F7938669799887D204979E3B5CDE3A666F8A5781DF6F442134F12E1A39E0D5824B374AD4B07109448CB3AA555110AF62A2A496CDCA710A89731');
INSERT INTO "proxy_configs" VALUES(9,1,3,'production',2,'system','2026-11-25 23:40:04.287491',X'5D3BADD967C29379F9B6C586C2D8634E6C4179617FC33F65DD5F15707D4B14BAF2DBB52F83952840F9E9C9D4184C133207C11C23734E72FACE9B5BDD71384422000132E653EAD48F7E5C4F7D1F0988FE2B05C9DD88A9E53E48CE8608B8E4A3D438AC141CC3FB134543B88A1D08C468336246AA04DD65A09E63470167323EFA406EEF5C34B2B40AEB6FED9F4B107C44AEAB9395FAF72B61508885197B250481EEC1889DB50EE9CB2C1652D646C80A679142AB9964FA74C89FE8704BD269B479C49A97B001DBA6CD53B996BECECF9B6098F54E6643BE46A1138896613F1D88CE21E9BB94C9CF9A350584880C68EB453F37C994D4D505B1273F6F62CBD4CAE74CE48EEF19458EBCB710B1310AC380C8FAF3DE18F7BD9F58323B2CFD8A1F854A969B2C6103AF64313A39BEF30687F5C8E3C93DB3996960DFCD54740AEB2C362C6D9EB47375FACCC54D7F6B2EB883C3BBBB920053282359D8872EC62C4F39BF6B7B599AC26FD31F0C85BE1207DB33EE6BC811F58F2AAFD6D9244290BD11F6302DA9D3230CA43B6547C05ACD57D08A9F679067BA7FC409284F6F89513A565FA2CEEDFA748E9C3C9F5B30AA04EB846ED5C83615C7069BC9D0EC12D635F3A037DFD268AF0739B027330E5708F4DE3209DED3A14494A69043A600BA7D32A58CB4A4418C007A1422EDF57545C58A9DBC80B5215343B4E30B522185DCA44D84504BEA7B8C10273AC2115B9A0FF1647067A556AF16CF9FD0C2D1C22ACA74CB655AAAA48CFF8662A31AB63908DAC432519ECD18AEBE4CE7CD1F09F5FE8BCA39708CAEC7A08F81DEF1E5800AD02CCA8871B6BC479D0F4E0E733B2AE7FAFFCEACE50229DDC80367CA3BEFE073B93EF5771AA8B9F5F47AC35E27273B10DFB78C44DB06EA003B19A94C90F4CE83316144158C2C7838DEA21F99B7A95ED1616DB6E798B510D7EB14B6438A5B35E33C6B044ADDE2D012D3BD4749D158412B69C9994E3A4AA499EAA500370AFF29052442D0F5A4F60819A41AB8746AA396B40A2FF548325852564E5AD4C1490A4E98A4022E9B97BEF044916C3989182DAECF4C88F50EC30F4DB088952EA208F123C2EBC45B8813E7BEBC936351ED7C5A89B499BEA8AA50E69F20C6C3030DE508D1EF556C384E62AC3C74F81D2A0E81BC3D11DC2D3F5524EF0125B966670CE357366FE1893A94A3E850C7A082AE0A208DE5D9DC6F71CB0334FE9F17ABBC9A04AE08FECCE38563BCBF3B60D912C49B4E15372CE56BD781376963CFF8BCA8654B34742D8B3E44DFDB251714B5E797BDC54CE9A48B62F343E68951DDE26D9B0BB6FAB4F5B67800702DCEF3533D8EB31E465F875715C37ABF6F8066A8547E481D414857ED079C73BCA3C6EDCDEB5649FBAF8794F1958FFEA171EBEBB50B701F663997259D557A2F3315AA8240A30F4FB4D22B6311BBCA80653DA7DD08D776534C44B597A02C85C90F3D3906F4D8C3B22CA4C33CD2C8011224ACB64A8F84C6BBCAFDC744EE6C224ED4EF0ED3C50C6E58EB68206DB92EB14FBB653A4C581AAFEC41B714E9F77E7ACFA4B49ABFA1AAE35AFB9D91CEF77C3E3F25158128DD8D92838FDE47AA25641F88346DD4ED86B99E438F03E53C06BF6C33BD4787673C5A602C86B1252CE5268CABCCD28C0EBBC3E5E3CB3D4F6B34871B51543C02C2D7DAA5AB92DF18D9F0223C21EFD6D3ED14F8EB1CB6FA6802CC614CAA65089BF5002766BDCA82504403E49F4CB4ECF3ABD4ED9B249A432DAE92DD00E2F03892F49F97939C30250C40FBD7BEE8EAE0F64337DD90D3F887E3039A3423B80D0731C9B0483A49AA1E3432DA521B15F9BDF38E45D888157DA8FF96CEB7FA3E324E94E6B255DA2C452B10391F97B29F25B6BF4AFC572E75AE42BD4227AA481B75838A092044B09CFB092CB469F122ABB88D5C47F14BD9771624DCB88B0BA7E22A6CDAD3E44FBEC758BAB80D7FF8546616FF005CB167B8579969D68BB47D4893923612C556D119ED9A2D24A4776D3DD8940355711A3EA5A0E3E5A38A7D3391D6FAB9A9139FF68F6F36D228FCB0537F2B0DA07BA1E65DD489C22844362593BFE4A2C69EC0BDFBC7F1EEE35913EA8C93EEFB6E0946D3F1EB60F278C51CAAED7F5DAC3FA1206FC49AC6E74E6C98C6CE36C5A0622F14BB5D01BBE36BA77C45841DABE98DF2CADA77B1D58EF7EA0B1E5E5E7AC0F0430AFB2F6C842668333CA0F615F3B06DAD8D22569E04FBDF5D3BCD604D57A279662A29B9B8292E5260121DCB5F82668A8A4CF40BEDDCBF2AC995D7698E2D0A3C4AD4B46465DBF8236BFE0439DBC9459482C5C7D9160A4F2144491590DA55C147327032988EDF0A0CDC29779EF4DC9D2236DFBD300E2CCF04D4921F121C67AAB62ADC52C916B29931E18EC48C621FB741A9FA0265ED649D35B92B3D002C183B8047255B8E074BF2D66A4B658F67EA412BA418A9EE76A2149D76CA2434FAE54D89948DEBEB6D1F43391EDBAB9E023A0CF19913AF5736675421F3E903C14639A64AC0DF2F834E2E8927D2177A0D564200036BA3370DBA664B9A67C10697ECDC20A7B4B6193A427EC17813D8F34CD8BB58AC0C910BB4B56311885BC71D54E3E0508FAC226079408BE2618D31CE5FE4AEFA753155A092226A37B8F55E83F478635AB50B3AFCCEFAEA5341A57DEF9A9FE4F3F2C87EB88F04F049CAD68DE7E8FC2CFFD24F7EF8A8935A3C771C7F8912994A23D9F670BA15E7A1C18CC6076DD1F23061525735F5DCB3E38D31EC4BD72B1A82031878FC8549EBFB781E173530D9A90497EC6B60AA358337061C5CFA1AADF830ADEEA6D0D0C4F2304F8988B38990B543FDCDBE9B7237120F977E5F35AA6C5AA166CBB1E85B453C819571F02A5942F27204C6CA8161B32A4FF6F451D7EC8D316A840426244BE5ADB866545BF26DBABAE4E6C59F51FE549BDF2D852B27EC6224C2CE5FAAA81710EBA48B738154B4A2DCB6845A1B88274DB11DDDB07F521F0F6C08DCEFD7C895D04A6C0273D89CE92A23F9A8DC40F94A73E7599F7F07B598F2340DE3F9E4DCD59BE77F2EACCF48263000231226D76FCDBA842B720890199855A0CA01C86955FFE6BEF5FF6DF8A5B6B97F019DE71DE5962431E4853DBB712310B014C81D5DFD1F30B4C16C7DFBAE5295B9909FB808E80E46CB44BABBA87DD8B0F198AF2CD0E3D24279CDF792198118773D87801FEED4BFBFDBE4A3D8176F781545AD4BADEC41625E74EDBEF0E19E4C403349DD3EADC4D34346746CB0C938126BEF94D917FE4D66B66A8FFD5375F0A5C6BD2D1262832CE317FAB13C306DFBAFF3059CAFDEEC003BA03450C0FFB0978AD496FE74AE29126F5A7594A0254B4A72538AA0E42724A6BC98B068808BD0CCB469D6C8B6E317B4D1676452A57AEEF37568EBA10E41010661E820ED94935FD746D3D7C6C117B788CEE2C85ABAF40D4B1F3733BD461C1D217358DB2905D39E25AFE35C523FEBBF9009D90E9F1BE50A8E3E1624243026302021E5BBBDDF2AF5815DAD3981C43640DDB16532BCC523BE8BAB90C1F81239656EA65468446EDEE413A26A04AB133476E5DD615ACEB74F61E62809E5DD671ADE898695F7F9A5C8D22CEDBF92FF14C049974192B9B99CBFD62B6E2E6FBD0523718C070292DBFB11B73D558DEB98F951ED3AFFE9FF2174588CE443544DEC213C6943126D46487EC20892E5F3902B9F22F2A50F69FD4B59EC76F69D414709F202D6CA83FCC4079CDBEC4EFF80C5F781EFDA420751D78B19D8180046D59567E9BB19DD8E585C389E5C4D0D9B4D881E197A2B3F95C608974C9F1FB277FCDA1DF6D235C6A9B6BC8BD4179EC1081ED435A7E4F2C0278498519921EA1EEE7D524798FCDE284BCBF1B01A9B3D14A193356B5989072680DCF5A4E7406A90F148AB9D5818976EE7984811B44A5155F87357CE04B808E7F44ED21DCCB59074ED4434554959F2B647E77FB0029A8B5A9E6E470B0C64011B2FF8F95537FBC2BC21B54ECB50B6C35DE119976E1BD1D3F7A3AC735AB7E31C32C8BD1D6C318DB9D87048BD9ABE378D5C81561F2B45BBF69FDF82D17F3F3F42E92A6B48FEDD6487AF7AD05EDCA1A7FAD6038210986808A9F7F1C02E8C4E8526');
INSERT INTO "proxy_configs" VALUES(10,1,1,'staging',3,'system','2026-11-25 23:40:04.293367',X'35C64245DB077BA7302C95CD44974FBAA9147CE2D6419C54AAE01F8AC24625145F5332587F481093CDDFA3D1E801A713855FE31E35D6D66D76EFD855EB8E747CD5A5D9DDF4EFA2949B2C02B63A1BE5DFCB89212AC047FB70CF20906EEAEC1851732389E4D2EA2C65AAC9DB5E425584326B1CC8E5FE3142F7D41B50E79161EE3BB07B86AB4EC716CC47CE99DE8321EA9800977A5EB6EBC4EC9FF038D449A4B30E52B9323844C2D40DB87FE86B8E1B9355E96CB3319E03E1CF1964D91243DDE850F5E5C38BD9848BB7083390EA2053D5C11B0F00E1DD831A12D8B624C3EFDB4CB606373C186EC50FB124BEE7E198E05839C83800EF60B994F122F8E1BE6CE6271C3627950194FC241EC09B84F2F175C747242E503EF7DFD4890EE0669D1F3B515484100A896C9B755C0EC8CA6066DFE6172EF24560CD574F81ADA67123B9DCD6F51A4F548C0D6ACEB479909577A2629A8FF09103F079309524F21B3A49DD80DCF0723EA4C47B7B323F6A058AD8051BE731E0B1A52FB1C9B39B14BD6E9D4BD33E00B643F20E194F6290ECDA2C07A3E0288FF3E3CB7724990C5FFB4A0F825FE9EB609DF2FA6094B15EED1CB89C9BA710B046BCAA524B74A5704F68A4F9106297A58BA8FEB8EB36D7AFDFE371D235849E670C0777E780AD927767FB9C6AFC9EDD0268E7C3A2138996FE006E59EC6CF3D6D17E363384E70CAE5619969880709DC6FE4635A03814FD8A7AEC5BBAEE8470A69F8786C5441D9B235C963FD7C0DB54FC96B2D32B247CA57CA6B02DF7373C72BB12966F4A829E289222D9F8F9D63FF7DF6369DCC1CC4B5F10BB8CC264B0EA96D5044717AB4E289AA8651826E6D6CC847681D52875E1593AC96E33C59C542BD8DBA26D76D47927ABED792309CF18B86C09A5EC7C632372BA0799E23F9BF553DF10E94D7EFC5F3070A257342AE1CDB068A00C6CDBB48B9562CA9B195A7DA06E0D85D1B3B4E6ED99DA007B341288A7C75E1BC204AA1C6A9569D45A75907A39A06977239ADF7CE14C6E8BA9957CD41DD5A01468728E67E3E1941BED776CB4557A73349D7696DA94774F39C6F49D51BB1983CB843C12AA286BC6BA4ECCEBC95002AB901DE92E97106FDA6393441A5C38DFFE53CD5BB45186BAD5C75E8277EBEFEAD4A67F70AA4463B56BEAFE7BEFD09154AB50229375A548EC6ADDBA617B625BE4D148EDC2D04ECA09EF0CD646A18BAEED9DFF3C1A6808BEBB1A8CC5A3CC2F96DD2818304330C8D92627F4CA2AB2F7B13123A6257F8D5042750D502568D3EE2459CADDCAE4075E082A94C8C2B25693D3BBD3F5385DB45F18F0ADAF168635D75637E5D7C098CEF1B8DBEB0DC5C87D101ED2A7FC388912F42D9E3169BBEF4B2B06747E64CACF08A6CB16932B147CD6EF8EE9CA7403DF4B45E8DAB76E12D084DCA5361BD523A42FBC43EAC7CD3F173408D8448AD952128984C5FF19EEAADD96D2BE0D11D10F31106CA0A64E7FD3596FFD81F56A242AA9C0C62693815257B55A52A3855D294ADA50F9250AB71AEA529DA59BCEA576D9363E5BBB53467230A28B29F5BBCDE877297701604464992F709895BCFAA69E06B022A8BA4C4E01E1A3DC08A72C7EE6F08C7ABB9C4DE3A9B2E7C36DEC80A65C7FADC33BCF28385B89A483C6EBAF9C11689006E7D9221B0D0DDDE3DC8DEADECC25082377157184FEE9B89F1FF7D48A5E000E6C7220F8FE41AB523E9A758175096CB3803AE82C0D4685AAB17F26B3A84DCF6AD67371C4E0CF2683647D87BADE5A5A6ECA358AD3B79CE6D58089E03F46BD4669E55C771FB90E65F812DCBD36C177A0133569D26824F12CFEBDF2FA74E9284979A1954DAE7E5FE4DFA4B1834AC890174C1CB9919F32EA3842445CE9592F969193799EC6959BF352F66C0542B95DBCDD0B12779782E43DF2B9CDCE497020625A3128527A7BA988E6365C0658B65BE47924ABB8B8045FD656E7D53FB514C41423BEB2DE67291980180B33421CC1B2EBF63465ACCF7477F265926A03F47C83FF83158E9D8399944E3ACCBB93EEBD498DABAD87D9701563C1E607D1A303BBE7974964F901DE26980EA71C044E848430660B5AFF2AE545BE7BC06437EAD082689EACC0F6FA9B149227B9187F65E7FFB42C6E35680F01AC299F2640A00DA2F14F888BE6DDBEF0930D0D4D588928AED98A78B78A265CD1BF145AC9BBB6EEFE33362D768261855735701786A81D26B9C0FB16EDD39054057B0F180CE98CD04D21814EFFC47AED57F3513557400DB563706DDC5FE4CCD6254F364C5D38AE0284E269CB8AC6E5770AC3A572F7ED5629163CCB04E1C741178A0C2BD951031F963182184FBC4A9B7024AD763BA15732D83E454D233153C741EDF238C2D9B60D633FAB38486BD758BA485E5B4048B80FD39F3F4AD86A17DC673B918554F29DBB1BD1E1635A6FFC0513818A050B0F6DF77F2C7241CF6D4DA377BADF7DE95AD2020F487C09B9C708BC4CE6B4E941A18D4111F08E5ABE9326364384DB7C14ADBD2EDACF8C4A85D6D52D656ED2B0BEB40620C5FCC82633D252072F3B1F67EAAE34B68705D191EB9E8B8D2CD674FAA37D4BE39BD8C1259082A24C6F8C03AEE4DA562E149529C5FE5319EA6882807ADDE945B37763580A5882E7EE23622481722D61E20E8A36717E7C994949758C7AF0666CBFAAFDF8FB6A27FFBE47C5A706D40F5E2564C44977DCB331F6AD1902E0930FE5CDA1F10F7D65F6062602EB63B8BE9AB45856D5035A95A07ED69B345160A537DFACDB8FF53BC769A07C3ED8DA9775518CCB3DB5AEA8EB1B2085A895520FEDF4D461208FCE682C1318A99EFE2D64A270B44D551250C691E5CB889483D70E2F4193679FE48008CFD5FBB755B84CB39D020F4469C05B6E25E6B5F7E1681A3FFFAD120FCF0865747F827F2E282EAE26635963023C0646FA02CF3A395056D0BEE84143C433E92111849BF8BBAC651C07FCBFC9D6A9F9777454E9ECF2B1FF73EDE70B285CA528B4D4DFA63F83AB51985E576DDB5D44420FB86DCB97A012EE9ADF9C883834564B1190DCC3EB01E2C6350331ECB8D1368B330572F1A2E91574E9822C6351C440B98B45D7E73DBFA860D2F4F627C16DD40F0DB16D5D11D7173E6CC2C33C7E2149974F74584E110198A96E8B88B0DFAAB8EA732559E41CFD0C3C69AE2DC0BF87322226C43C730D92CD2169560C047E3131096E97F666B4E641073775B06AD1259406801C7DF56645AF6DD3C2816BBF2076EB1CA20B56D97B8D49406F9D500FFB355769BD7B5065C3156F49BA1D30E74042F1D65FA75EAB7798B999FCAC8423E980D560BCA727E2211C8323E70D12E6C485A8D82D8A8EA501B82C5741E44738D14E17085766C9F8545B78D433CD0BF80CC6C4C357C7A6B4241C8018FA748D9ABE252F2EA472E72BAB25D7F9DB89C1AA56B363B795BBA0B6AE8A7C07967122F63E3949744E9C7C5C40F8DA6FDA75CB057959D66156ECCF2909F67F7E35E50B8724A30A70D8C6A68A305197F3553D176F976E5B6ED60EAD99BAF41483D25974AA25D3370A28EE9CC2A83664CA9FC04024E1C452438BA95A');
CREATE TABLE recovery_codes (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	digest BLOB NOT NULL, 
	used_at DATETIME, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(user_id) REFERENCES users (id), 
	UNIQUE (user_id, digest)
);
INSERT INTO "recovery_codes" VALUES(1,1,2,X'1DCE40E93D093F4D40091E13629E2CC6E044B65B8138EA7A8978F402BBE8C7D2','2026-11-25 10:00:00.000000','2026-11-25 10:00:00.000000');
CREATE TABLE redirects (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	source VARCHAR NOT NULL, 
	target VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (provider_id, source), 
	FOREIGN KEY(provider_id) REFERENCES providers (id)
);
INSERT INTO "redirects" VALUES(1,1,'/old','/docs','2026-11-25 10:00:00.000000','2026-11-25 10:00:00.000000');
CREATE TABLE referrer_filters (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	application_id INTEGER NOT NULL, 
	value VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(application_id) REFERENCES applications (id), 
	UNIQUE (application_id, value)
);
INSERT INTO "referrer_filters" VALUES(1,1,1,'*.example.org','2026-11-26 03:42:35');
CREATE TABLE refusal_totals (
	service_id INTEGER NOT NULL, 
	application_id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	period VARCHAR NOT NULL, 
	window_start DATETIME NOT NULL, 
	value BIGINT NOT NULL, 
	PRIMARY KEY (service_id, application_id, code, period, window_start)
);
INSERT INTO "refusal_totals" VALUES(1,1,'limits_exceeded','hour','2026-11-25 10:00:00',7);
CREATE TABLE response_code_totals (
	application_id INTEGER NOT NULL, 
	code INTEGER NOT NULL, 
	period VARCHAR NOT NULL, 
	window_start DATETIME NOT NULL, 
	service_id INTEGER NOT NULL, 
	value BIGINT NOT NULL, 
	PRIMARY KEY (application_id, code, period, window_start)
);
INSERT INTO "response_code_totals" VALUES(10,404,'day','2026-11-20 00:00:00.000000',3,7);
CREATE TABLE sections (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	parent_id INTEGER, 
	title VARCHAR NOT NULL, 
	system_name VARCHAR NOT NULL, 
	public BOOLEAN NOT NULL, 
	partial_path VARCHAR NOT NULL, 
	is_builtin BOOLEAN NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (provider_id, system_name), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(parent_id) REFERENCES sections (id)
);
INSERT INTO "sections" VALUES(1,1,NULL,'Root','root',1,'',1,'2026-11-26 10:06:53.366643','2026-11-26 10:06:53.366643');
INSERT INTO "sections" VALUES(2,2,NULL,'Root','root',1,'',1,'2026-11-26 10:06:53.366643','2026-11-26 10:06:53.366643');
CREATE TABLE service_contracts (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	service_id INTEGER NOT NULL, 
	service_plan_id INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, wanted_plan_id INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(account_id) REFERENCES accounts (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(service_id) REFERENCES services (id), 
	FOREIGN KEY(service_plan_id) REFERENCES service_plans (id), 
	UNIQUE (account_id, service_id)
);
INSERT INTO "service_contracts" VALUES(1,1,1,1,1,'live','2026-11-25 23:40:04.105370',NULL);
INSERT INTO "service_contracts" VALUES(2,2,2,2,2,'live','2026-11-25 23:40:04.155675',NULL);
INSERT INTO "service_contracts" VALUES(3,1,3,1,1,'live','2026-11-25 23:40:04.232559',NULL);
INSERT INTO "service_contracts" VALUES(4,1,3,3,3,'live','2026-11-25 23:40:04.232649',NULL);
INSERT INTO "service_contracts" VALUES(5,1,4,1,1,'live','2026-11-25 23:40:04.241860',NULL);
INSERT INTO "service_contracts" VALUES(6,1,4,3,3,'live','2026-11-25 23:40:04.241949',NULL);
INSERT INTO "service_contracts" VALUES(7,1,5,1,1,'live','2026-11-25 23:40:04.252154',NULL);
INSERT INTO "service_contracts" VALUES(8,1,5,3,3,'live','2026-11-25 23:40:04.252242',NULL);
CREATE TABLE "service_plans" (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	service_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	system_name VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	is_default BOOLEAN NOT NULL, 
	approval_required BOOLEAN NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	description VARCHAR NOT NULL, 
	setup_fee NUMERIC(14, 4) NOT NULL, 
	cost_per_month NUMERIC(14, 4) NOT NULL, 
	trial_period_days INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	UNIQUE (service_id, system_name), 
	FOREIGN KEY(service_id) REFERENCES services (id)
);
INSERT INTO "service_plans" VALUES(1,1,1,'Default','default','published',1,0,'2026-11-25 23:40:04.038760','2026-11-25 23:40:04.038771','',0,0,0,1);
INSERT INTO "service_plans" VALUES(2,2,2,'Default','default','published',1,0,'2026-11-25 23:40:04.129853','2026-11-25 23:40:04.129865','',0,0,0,1);
INSERT INTO "service_plans" VALUES(3,1,3,'Default','default','published',1,0,'2026-11-25 23:40:04.168443','2026-11-25 23:40:04.168454','',0,0,0,1);
CREATE TABLE "services" (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	system_name VARCHAR NOT NULL, 
	description VARCHAR NOT NULL, 
	support_email VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	is_default BOOLEAN NOT NULL, 
	backend_version VARCHAR NOT NULL, 
	deployment_option VARCHAR NOT NULL, 
	service_token_digest BLOB NOT NULL, 
	service_token_sealed BLOB NOT NULL, 
	buyers_manage_apps BOOLEAN NOT NULL, 
	buyers_manage_keys BOOLEAN NOT NULL, 
	custom_keys_enabled BOOLEAN NOT NULL, 
	buyer_key_regenerate_enabled BOOLEAN NOT NULL, 
	mandatory_app_key BOOLEAN NOT NULL, 
	referrer_filters_required BOOLEAN NOT NULL, 
	intentions_required BOOLEAN NOT NULL, 
	buyer_can_select_plan BOOLEAN NOT NULL, 
	buyer_plan_change_permission VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	host_label VARCHAR NOT NULL, 
	staging_offered BOOLEAN NOT NULL, 
	web_provider_levels VARCHAR NOT NULL, 
	email_provider_levels VARCHAR NOT NULL, 
	web_buyer_levels VARCHAR NOT NULL, 
	email_buyer_levels VARCHAR NOT NULL, 
	production_domain VARCHAR NOT NULL, 
	staging_domain VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (provider_id, system_name), 
	FOREIGN KEY(provider_id) REFERENCES providers (id)
);
INSERT INTO "services" VALUES(1,1,'API','api','Your first API.','','published',0,'1','hosted',X'160516E4619E2D0DADFF19A342D44BCEC29E1329AAD8E4E1EE61C0A46BEAF748',X'1248F3155AEA088631951430431047EA0646AD2CC66AF21023B36A9B5598E839CD241B5FA2234C54E54483A01EF778117759F0490A1AA40EDBF9CF0B393750E2B4C3FF2291F5C6C3488CDDAFA967816AA30C650EB3EAE99F5106976E',1,1,1,1,1,0,0,1,'request','2026-11-25 23:40:04.028477','2026-11-25 23:40:04.177017','api-acme',0,'50 80 90 100 120 150 200 300','100','50 80 90 100 120 150 200 300','80 100','','');
INSERT INTO "services" VALUES(2,2,'API','api','Your first API.','','published',1,'1','hosted',X'417CA5016B1301C7C05AC7FFB295C9C2A8DDFB88DCBD9E9909F834F61218A114',X'A2E0F1E50667C8ED8B1F7877157476598A916EA89E09966E5B0C4F8F30D19D9559D5238C945028CAC8B3923D571DE8626E2E023EE45B80FAE43F83655F43402854E823C482F0207F64E62138E58B7E085069D9E462584D64415D9F9E',1,1,1,1,1,0,0,1,'request','2026-11-25 23:40:04.125000','2026-11-25 23:40:04.128668','api-globex',0,'50 80 90 100 120 150 200 300','100','50 80 90 100 120 150 200 300','80 100','','');
INSERT INTO "services" VALUES(3,1,'Pet Store','petstore','','','published',1,'1','hosted',X'207B3ACE2E347BFD3A32639C04CCC904377DB2ABD4820115F3FCF816B97C2DB7',X'520DE26D4B9A3C0D55C275AFDAD4C5D826F04EDF621D7FB0165652C96E2415426F33BD5798FB2EAD617979C6953D46779ED601BF9C6EF4BEB9CFBE80B3418968221250147F32CD338D2A50ECE40874596B8313D197C3FF00D0C9D2FF',1,1,1,1,1,0,0,1,'request','2026-11-25 23:40:04.163734','2026-11-25 23:40:04.177020','petstore-acme',0,'50 80 90 100 120 150 200 300','100','50 80 90 100 120 150 200 300','80 100','','');
CREATE TABLE "settings" (
	provider_id INTEGER NOT NULL, 
	signups_enabled BOOLEAN NOT NULL, 
	useraccountarea_enabled BOOLEAN NOT NULL, 
	account_plans_ui_visible BOOLEAN NOT NULL, 
	service_plans_ui_visible BOOLEAN NOT NULL, 
	change_account_plan_permission VARCHAR NOT NULL, 
	change_service_plan_permission VARCHAR NOT NULL, 
	public_search BOOLEAN NOT NULL, 
	multiple_applications BOOLEAN NOT NULL, 
	updated_at DATETIME NOT NULL, 
	allowed_origins TEXT NOT NULL, 
	multiple_users BOOLEAN NOT NULL, 
	multiple_services BOOLEAN NOT NULL, 
	site_access_code VARCHAR NOT NULL, 
	email_all_users BOOLEAN NOT NULL, 
	sso_key_sealed BLOB, 
	spam_protection_level VARCHAR NOT NULL, 
	forum_enabled BOOLEAN NOT NULL, 
	forum_public BOOLEAN NOT NULL, 
	anonymous_posts_enabled BOOLEAN NOT NULL, 
	app_gallery_enabled BOOLEAN NOT NULL, 
	mcp_enabled BOOLEAN NOT NULL, 
	PRIMARY KEY (provider_id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id)
);
INSERT INTO "settings" VALUES(1,1,1,0,0,'request','request',0,1,'2026-11-25 23:40:04.275719','',1,1,'',0,NULL,'none',0,0,0,0,1);
INSERT INTO "settings" VALUES(2,1,1,0,0,'request','request',0,1,'2026-11-25 23:40:04.121388','',1,1,'',0,NULL,'none',0,0,0,0,1);
CREATE TABLE spent_challenges (
	digest VARCHAR NOT NULL, 
	provider_id INTEGER NOT NULL, 
	expires_at DATETIME, 
	PRIMARY KEY (digest), 
	FOREIGN KEY(provider_id) REFERENCES providers (id)
);
INSERT INTO "spent_challenges" VALUES('abababababababababababababababababababababababababababababababab',1,'2026-11-25 10:00:00.000000');
CREATE TABLE sso_authorizations (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	authentication_provider_id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	uid VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(authentication_provider_id) REFERENCES authentication_providers (id) ON DELETE CASCADE, 
	FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE, 
	UNIQUE (authentication_provider_id, uid), 
	UNIQUE (authentication_provider_id, user_id)
);
INSERT INTO "sso_authorizations" VALUES(1,1,1,5,'subject-1','2026-11-25 10:00:00.000000','2026-11-25 10:00:00.000000');
CREATE TABLE template_openings (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	template_id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	seen_at DATETIME NOT NULL, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(template_id) REFERENCES templates (id)
);
INSERT INTO "template_openings" VALUES(1,1,1,1,'admin','2026-11-25 10:00:00.000000','2026-11-25 10:00:00.000000');
CREATE TABLE template_versions (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	template_id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	author VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(template_id) REFERENCES templates (id)
);
INSERT INTO "template_versions" VALUES(1,1,1,'<h1>Before</h1>','admin','2026-11-25 10:00:00.000000');
CREATE TABLE "templates" (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	published TEXT, 
	draft TEXT, 
	layout VARCHAR NOT NULL, 
	handler VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	fault TEXT, 
	fault_line INTEGER, 
	fault_of DATETIME, 
	content_type VARCHAR NOT NULL, 
	liquid_enabled BOOLEAN NOT NULL, 
	tags VARCHAR NOT NULL, 
	hidden BOOLEAN NOT NULL, 
	searchable BOOLEAN NOT NULL, 
	portlet VARCHAR NOT NULL, 
	feed_url VARCHAR NOT NULL, 
	posts INTEGER NOT NULL, 
	lock_version INTEGER NOT NULL, 
	changed_by VARCHAR NOT NULL, 
	system_name VARCHAR, 
	section_id INTEGER, 
	publish_at DATETIME, 
	PRIMARY KEY (id), 
	CONSTRAINT fk_templates_section_id FOREIGN KEY(section_id) REFERENCES sections (id), 
	CONSTRAINT uq_templates_system_name UNIQUE (provider_id, kind, system_name), 
	UNIQUE (provider_id, kind, name), 
	FOREIGN KEY(provider_id) REFERENCES providers (id)
);
INSERT INTO "templates" VALUES(1,1,'page','/docs','Docs',NULL,'Hello
{{ provider.name }}','main_layout','','2026-11-25 23:40:04.224042','2026-11-25 23:40:04.224057',NULL,NULL,NULL,'text/html',1,'',0,0,'','',5,0,'',NULL,NULL,NULL);
INSERT INTO "templates" VALUES(2,1,'partial','a.b/c','',NULL,'A
B','main_layout','','2026-11-25 23:40:04.227095','2026-11-25 23:40:04.227110',NULL,NULL,NULL,'text/html',1,'',0,0,'','',5,0,'',NULL,NULL,NULL);
CREATE TABLE terms_acceptances (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	terms_id INTEGER NOT NULL, 
	user_id INTEGER, 
	accepted_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(account_id) REFERENCES accounts (id), 
	FOREIGN KEY(terms_id) REFERENCES legal_terms (id), 
	UNIQUE (account_id, terms_id)
);
INSERT INTO "terms_acceptances" VALUES(1,1,3,1,1,'2026-11-25 10:00:00.000000');
CREATE TABLE usage_batches (
	id VARCHAR NOT NULL, 
	folded_at DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "usage_batches" VALUES('batch-1','2026-11-25 23:40:04.303183');
CREATE TABLE usage_limits (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	plan_id INTEGER NOT NULL, 
	metric_id INTEGER NOT NULL, 
	period VARCHAR NOT NULL, 
	value BIGINT NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(metric_id) REFERENCES metrics (id), 
	FOREIGN KEY(plan_id) REFERENCES application_plans (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	UNIQUE (plan_id, metric_id, period)
);
INSERT INTO "usage_limits" VALUES(1,1,5,3,'minute',5,'2026-11-25 23:40:04.204215','2026-11-25 23:40:04.204230');
INSERT INTO "usage_limits" VALUES(2,1,5,5,'day',1,'2026-11-25 23:40:04.207177','2026-11-25 23:40:04.207192');
INSERT INTO "usage_limits" VALUES(3,1,8,3,'minute',5,'2026-11-25 23:40:04.219876','2026-11-25 23:40:04.219889');
INSERT INTO "usage_limits" VALUES(4,1,8,5,'day',1,'2026-11-25 23:40:04.219985','2026-11-25 23:40:04.219996');
CREATE TABLE usage_totals (
	application_id INTEGER NOT NULL, 
	metric_id INTEGER NOT NULL, 
	period VARCHAR NOT NULL, 
	window_start DATETIME NOT NULL, 
	service_id INTEGER NOT NULL, 
	value BIGINT NOT NULL, 
	PRIMARY KEY (application_id, metric_id, period, window_start)
);
INSERT INTO "usage_totals" VALUES(10,3,'day','2026-11-01 00:00:00.000000',3,1099511627776);
INSERT INTO "usage_totals" VALUES(10,3,'month','2026-11-01 00:00:00.000000',3,1099511627776);
INSERT INTO "usage_totals" VALUES(10,3,'eternity','2026-11-01 00:00:00.000000',3,1099511627776);
CREATE TABLE "user_sessions" (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	digest VARCHAR NOT NULL, 
	expires_at DATETIME, 
	last_seen_at DATETIME NOT NULL, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (digest), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "user_sessions" VALUES(1,1,1,'ba9580f9d8e7d01eed7780b69f8b31e561310f7a769bd9f8dbacb3cc923fec5323c9836a2f1e13a532946944af6df07d','2026-12-09 23:40:04.360854','2026-11-25 23:40:04.360969','2026-11-25 23:40:04.360979');
INSERT INTO "user_sessions" VALUES(2,1,5,'a3e00669ba56be9dfe0f7b127048cb153cfd2f345c356e243093113784da67cc41cb6da86dfd6d89ac7e3cf80abd8d8c','2026-12-09 23:40:04.365788','2026-11-25 23:40:04.365881','2026-11-25 23:40:04.365891');
CREATE TABLE "users" (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	account_id INTEGER, 
	audience VARCHAR NOT NULL, 
	username VARCHAR NOT NULL, 
	email VARCHAR NOT NULL, 
	password_hash VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	first_name VARCHAR NOT NULL, 
	last_name VARCHAR NOT NULL, 
	extra_fields JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	awaits_link BOOLEAN NOT NULL, 
	locale VARCHAR NOT NULL, 
	email_is_claimed BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	UNIQUE (provider_id, audience, username), 
	FOREIGN KEY(account_id) REFERENCES accounts (id)
);
INSERT INTO "users" VALUES(1,1,NULL,'provider','admin','admin@acme.example','$argon2id$v=19$m=8,t=1,p=1$2y/KpdvKE9FZrxUH6CFdWg$zce0SR4f3ozthlVyJDIp4Q0lMuuZGEDUM+bapLWgblk','admin','active','','','{}','2026-11-25 23:40:04.015156','2026-11-25 23:40:04.297944',0,'',0);
INSERT INTO "users" VALUES(2,1,1,'developer','john','admin+test@acme.example','$argon2id$v=19$m=8,t=1,p=1$QY9jDZ3OGvf4GyTBbQo1Rw$4JMmU0pFszsCLR0MmCt5GoDLxXv8uq38+eeERYjOG74','admin','active','John','Doe','{}','2026-11-25 23:40:04.101360','2026-11-25 23:40:04.113819',0,'',0);
INSERT INTO "users" VALUES(3,2,NULL,'provider','admin','admin@globex.example','$argon2id$v=19$m=8,t=1,p=1$msJIOWFuAqOzBtVhOGobog$r32iW/9rUi/3zwuzjE3C1gFfyeVSf7KhI3TICI84xd4','admin','active','','','{}','2026-11-25 23:40:04.121848','2026-11-25 23:40:04.121861',0,'',0);
INSERT INTO "users" VALUES(4,2,2,'developer','john','admin+test@globex.example','$argon2id$v=19$m=8,t=1,p=1$aZt8RjGPrjp1WjIfIluaGg$7src/wwHt+nF25pFQfcrCmnjxL92gtyEPbjp2/4RAAw','admin','active','John','Doe','{}','2026-11-25 23:40:04.153811','2026-11-25 23:40:04.158058',0,'',0);
INSERT INTO "users" VALUES(5,1,3,'developer','keeper','keeper@zoo.example','$argon2id$v=19$m=8,t=1,p=1$mP6JTzW3CeaxaPMIifDlfg$RQwEQoqkW5TgDZgu3fP1/R/7CJJTCal6z90XXyCvKrc','admin','active','','','{}','2026-11-25 23:40:04.230881','2026-11-25 23:40:04.235730',0,'',0);
INSERT INTO "users" VALUES(6,1,4,'developer','clown','clown@circus.example','$argon2id$v=19$m=8,t=1,p=1$5EEkYEcINTbLAEup8clnRw$a3LpOVCEqxDhiOXgODKeooKHYMrx0486ClRCLIzZKHo','admin','pending','','','{}','2026-11-25 23:40:04.239984','2026-11-25 23:40:04.239999',0,'',0);
INSERT INTO "users" VALUES(7,1,5,'developer','farmer','','','admin','pending','','','{}','2026-11-25 23:40:04.249549','2026-11-25 23:40:04.249563',0,'',0);
CREATE INDEX ix_usage_totals_service ON usage_totals (service_id, metric_id, period, window_start);
CREATE INDEX ix_accounts_provider_id_id ON accounts (provider_id, id);
CREATE INDEX ix_features_service_id ON features (service_id);
CREATE INDEX ix_metrics_service_id ON metrics (service_id);
CREATE INDEX ix_applications_account_id ON applications (account_id);
CREATE INDEX ix_applications_plan_id ON applications (plan_id);
CREATE INDEX ix_applications_provider_id_id ON applications (provider_id, id);
CREATE INDEX ix_mapping_rules_metric_id ON mapping_rules (metric_id);
CREATE INDEX ix_mapping_rules_service_id ON mapping_rules (service_id);
CREATE INDEX ix_service_contracts_account_id ON service_contracts (account_id);
CREATE INDEX ix_service_contracts_service_id ON service_contracts (service_id);
CREATE INDEX ix_usage_limits_metric_id ON usage_limits (metric_id);
CREATE INDEX ix_usage_limits_plan_id ON usage_limits (plan_id);
CREATE INDEX ix_access_tokens_provider_id ON access_tokens (provider_id);
CREATE INDEX ix_access_tokens_user_id ON access_tokens (user_id);
CREATE INDEX ix_application_keys_application_id ON application_keys (application_id);
CREATE INDEX ix_response_code_totals_service ON response_code_totals (service_id, period, window_start);
CREATE INDEX ix_events_provider_id_id ON events (provider_id, id);
CREATE INDEX ix_events_undelivered ON events (delivered_at, id);
CREATE INDEX ix_account_plans_provider_id ON account_plans (provider_id);
CREATE INDEX ix_service_plans_service_id ON service_plans (service_id);
CREATE INDEX ix_application_plans_service_id ON application_plans (service_id);
CREATE INDEX ix_events_transaction_id ON events (transaction_id);
CREATE INDEX ix_proxy_configs_current ON proxy_configs (service_id, environment, id);
CREATE INDEX ix_user_sessions_user_id ON user_sessions (user_id);
CREATE INDEX ix_referrer_filters_application_id ON referrer_filters (application_id);
CREATE INDEX ix_applications_wanted_plan_id ON applications (wanted_plan_id);
CREATE INDEX ix_accounts_provider_id_state ON accounts (provider_id, state);
CREATE INDEX ix_applications_provider_id_state ON applications (provider_id, state);
CREATE INDEX ix_refusal_totals_service ON refusal_totals (service_id, period, window_start);
CREATE INDEX ix_sections_parent_id ON sections (parent_id);
CREATE INDEX ix_portal_files_section_id ON portal_files (section_id);
CREATE INDEX ix_account_group_sections_section_id ON account_group_sections (section_id);
CREATE INDEX ix_account_group_accounts_group_id ON account_group_accounts (group_id);
CREATE INDEX ix_templates_section_id ON templates (section_id);
CREATE INDEX ix_templates_publish_at ON templates (publish_at);
CREATE INDEX ix_template_versions_template_id ON template_versions (template_id, id);
CREATE INDEX ix_template_openings_template_id ON template_openings (template_id);
CREATE INDEX ix_api_docs_services_provider_id_id ON api_docs_services (provider_id, id);
CREATE INDEX ix_api_docs_services_service_id ON api_docs_services (service_id);
CREATE INDEX ix_api_docs_versions_provider_id ON api_docs_versions (provider_id);
CREATE INDEX ix_one_time_tokens_user_id ON one_time_tokens (user_id);
CREATE INDEX ix_one_time_tokens_invitation_id ON one_time_tokens (invitation_id);
CREATE INDEX ix_accounts_wanted_plan_id ON accounts (wanted_plan_id);
CREATE INDEX ix_service_contracts_wanted_plan_id ON service_contracts (wanted_plan_id);
CREATE INDEX ix_applications_old_key_digest ON applications (old_key_digest);
CREATE INDEX ix_terms_acceptances_terms_id ON terms_acceptances (terms_id);
CREATE INDEX ix_messages_provider_id_id ON messages (provider_id, id);
CREATE INDEX ix_messages_account_id ON messages (account_id);
CREATE INDEX ix_messages_event_id ON messages (event_id);
CREATE INDEX ix_messages_state ON messages (state);
CREATE INDEX ix_message_copies_message_id ON message_copies (message_id);
CREATE INDEX ix_message_copies_account_id ON message_copies (account_id);
CREATE INDEX ix_message_copies_folder ON message_copies (provider_id, account_id, folder, id);
CREATE INDEX ix_alerts_provider ON alerts (provider_id, provider_state, id);
CREATE INDEX ix_alerts_account ON alerts (account_id, state, id);
CREATE INDEX ix_alerts_metric_id ON alerts (metric_id);
CREATE INDEX ix_mails_link_digest ON mails (link_digest);
CREATE INDEX ix_mails_event_id ON mails (event_id);
CREATE INDEX ix_mails_provider_id ON mails (provider_id);
CREATE INDEX ix_mails_account_id ON mails (account_id);
CREATE INDEX ix_sso_authorizations_user_id ON sso_authorizations (user_id);
CREATE INDEX ix_passkeys_user_id ON passkeys (user_id);
CREATE INDEX ix_recovery_codes_user_id ON recovery_codes (user_id);
CREATE INDEX ix_forum_topics_order ON forum_topics (provider_id, is_hidden, rank);
CREATE INDEX ix_forum_topics_category_id ON forum_topics (category_id);
CREATE INDEX ix_forum_posts_topic_id_id ON forum_posts (topic_id, id);
CREATE INDEX ix_forum_posts_provider_id ON forum_posts (provider_id);
CREATE INDEX ix_forum_posts_account_id ON forum_posts (account_id);
CREATE INDEX ix_forum_posts_user_id ON forum_posts (user_id);
CREATE INDEX ix_forum_subscriptions_topic_id ON forum_subscriptions (topic_id);
CREATE INDEX ix_gallery_entries_account_id ON gallery_entries (account_id);
CREATE INDEX ix_gallery_entries_state ON gallery_entries (provider_id, state, id);
CREATE INDEX ix_domains_next_check_at ON domains (next_check_at);
CREATE INDEX ix_domains_service_id ON domains (service_id);
CREATE INDEX ix_hosts_service_id ON hosts (service_id);
CREATE INDEX ix_hosts_provider_id ON hosts (provider_id);
CREATE INDEX ix_hosts_domain_id ON hosts (domain_id);
CREATE INDEX ix_services_provider_id_id ON services (provider_id, id);
CREATE INDEX ix_users_account_id ON users (account_id);
CREATE UNIQUE INDEX ux_users_email ON users (provider_id, audience, email) WHERE email <> '';
COMMIT;
