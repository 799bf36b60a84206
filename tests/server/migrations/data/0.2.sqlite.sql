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
INSERT INTO "access_tokens" VALUES(1,1,1,'First start','55f885bcdf27dde252c4ebeb0bf4be4bcb5ea7bf4a89818a18eca39fd9bb53fbdb0f8f85186018e3123313fa4d4614f0','da70','["account_management", "cms", "finance", "policy_registry", "stats"]','rw',NULL,NULL,'2026-11-25 17:43:06.255709');
INSERT INTO "access_tokens" VALUES(2,2,3,'First start','1cf277e02dd85dd3e314a8f4f0dc3adcf739108498de1f124b0134930640f4599ae37f4be7a496bc3dc46824c00bd688','2c31','["account_management", "cms", "finance", "policy_registry", "stats"]','rw',NULL,NULL,'2026-11-25 17:43:06.305636');
INSERT INTO "access_tokens" VALUES(3,1,1,'read only','82e0386cb07b5308d8718471d3953bf0f8226992ee43d02b30a6191ad6babe6704f66625b57e52ffd3f6b6f9ad9cb977','68f2','["account_management"]','ro','2999-01-01 00:00:00.000000',NULL,'2026-11-25 17:43:06.423227');
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
	UNIQUE (provider_id, system_name), 
	FOREIGN KEY(provider_id) REFERENCES providers (id)
);
INSERT INTO "account_plans" VALUES(1,1,'Default','default','published',1,0,'2026-11-25 17:43:06.252052','2026-11-25 17:43:06.252060','',0,0,0,1);
INSERT INTO "account_plans" VALUES(2,2,'Default','default','published',1,0,'2026-11-25 17:43:06.304711','2026-11-25 17:43:06.304719','',0,0,0,1);
INSERT INTO "account_plans" VALUES(3,1,'Silver','silver','published',0,1,'2026-11-25 17:43:06.387348','2026-11-25 17:43:06.387358','',0,0,0,2);
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
	updated_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(account_plan_id) REFERENCES account_plans (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id)
);
INSERT INTO "accounts" VALUES(1,1,'Developer','approved',1,0,'{}',NULL,'2026-11-25 17:43:06.286163','2026-11-25 17:43:06.293435');
INSERT INTO "accounts" VALUES(2,2,'Developer','approved',2,0,'{}',NULL,'2026-11-25 17:43:06.317605','2026-11-25 17:43:06.320608');
INSERT INTO "accounts" VALUES(3,1,'Zoo','approved',3,1,'{}',NULL,'2026-11-25 17:43:06.396801','2026-11-25 17:43:06.410852');
INSERT INTO "accounts" VALUES(4,1,'Circus','pending',3,1,'{}',NULL,'2026-11-25 17:43:06.402124','2026-11-25 17:43:06.406446');
INSERT INTO "accounts" VALUES(5,1,'Farm','created',1,0,'{}',NULL,'2026-11-25 17:43:06.407460','2026-11-25 17:43:06.407469');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0007_policy_chain');
CREATE TABLE api_docs_services (
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
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(service_id) REFERENCES services (id), 
	UNIQUE (provider_id, system_name)
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
}',1,0,'2026-11-25 17:43:06.280534','2026-11-25 17:43:06.280544');
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
}',1,0,'2026-11-25 17:43:06.315968','2026-11-25 17:43:06.315977');
INSERT INTO "api_docs_services" VALUES(3,1,3,'Pets','pets','','{"openapi": "3.1.0", "info": {"title": "Pets"}, "paths": {}}',1,0,'2026-11-25 17:43:06.372711','2026-11-25 17:43:06.372758');
CREATE TABLE application_keys (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	application_id INTEGER NOT NULL, 
	digest BLOB NOT NULL, 
	sealed BLOB NOT NULL, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(application_id) REFERENCES applications (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	UNIQUE (application_id, digest)
);
INSERT INTO "application_keys" VALUES(1,1,8,X'D701BED0268FBADBF6B4916636F58321C4AD810E1402E4B691F75C5A8C150CCF',X'89BDD6382753576104104C78C8FD2A62012C7471243AD1E8D14AD76829131DD28F75A0','2026-11-25 17:43:06.415145');
INSERT INTO "application_keys" VALUES(2,1,8,X'8FB830D3EF61F7D2BAC6BE36E67205A12FE6AE168B353C89A854905A44952956',X'0E983AA3156DAFF5387961807E7FFBDF0F8A0406643A6ED9CACBE275D355929FADCA9F','2026-11-25 17:43:06.416480');
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
	UNIQUE (service_id, system_name), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(service_id) REFERENCES services (id)
);
INSERT INTO "application_plans" VALUES(1,1,1,'Basic','basic','','published',1,0,0,0,0,1,'2026-11-25 17:43:06.271291','2026-11-25 17:43:06.276704');
INSERT INTO "application_plans" VALUES(2,1,1,'Unlimited','unlimited','','published',0,0,0,0,0,2,'2026-11-25 17:43:06.273310','2026-11-25 17:43:06.274791');
INSERT INTO "application_plans" VALUES(3,2,2,'Basic','basic','','published',1,0,0,0,0,1,'2026-11-25 17:43:06.310959','2026-11-25 17:43:06.313562');
INSERT INTO "application_plans" VALUES(4,2,2,'Unlimited','unlimited','','published',0,0,0,0,0,2,'2026-11-25 17:43:06.311899','2026-11-25 17:43:06.312891');
INSERT INTO "application_plans" VALUES(5,1,3,'Gold','gold','For zoos.','published',0,0,120.5,9.9,14,3,'2026-11-25 17:43:06.361941','2026-11-25 17:43:06.385958');
INSERT INTO "application_plans" VALUES(6,1,3,'Free','free','','hidden',1,0,0,0,0,2,'2026-11-25 17:43:06.368562','2026-11-25 17:43:06.370323');
INSERT INTO "application_plans" VALUES(7,1,3,'Hidden','hidden','','hidden',0,1,0,0.01,0,3,'2026-11-25 17:43:06.386600','2026-11-25 17:43:06.386610');
INSERT INTO "application_plans" VALUES(8,1,3,'Gold (copy)','gold_copy_4','For zoos.','hidden',0,0,120.5,9.9,14,4,'2026-11-25 17:43:06.391969','2026-11-25 17:43:06.391980');
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
	updated_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(account_id) REFERENCES accounts (id), 
	FOREIGN KEY(plan_id) REFERENCES application_plans (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(service_id) REFERENCES services (id), 
	UNIQUE (service_id, application_id), 
	UNIQUE (service_id, user_key_digest)
);
INSERT INTO "applications" VALUES(1,1,1,1,1,'Developer''s App','API signup','live','1b735cd5',X'0759561932B53DA6F0BDD500B11A9A1424DDABFFB5DA6F35D19CE0F1CC86153A',X'6DA77B7311D725FF00B642078AE33A5730D6218D6F0AF312470857005A12BF6227530222AD4552C3CD4259F7C41A436EFD88076139CAEE00E9BC8378','','api','{}',NULL,'2026-11-25 17:43:06.291435','2026-11-25 17:43:06.291444');
INSERT INTO "applications" VALUES(2,2,2,2,3,'Developer''s App','API signup','live','bc1588c3',X'7F1F09E2210B5C79F11FB6B7C5835ECC8546B3B87160277F6CCDEB796AE1866E',X'063CC3A48B47811266CE5F4401D5BD9F56E304DA6454882D2D4D0C63297565E8FE00724D85BA6A35BB38B763E0D5B7A92A36325DD2F22A9398CDC6AF','','api','{}',NULL,'2026-11-25 17:43:06.319841','2026-11-25 17:43:06.319850');
INSERT INTO "applications" VALUES(3,1,3,3,5,'Zoo app','Created at signup.','live','2f59f5d9',X'22CBDE0EE34A2EF34557BC2B7DDC983910D5A03E2E0A7500C034492E02A20E43',X'BBE080EB5B442E678CF20F7797C95B05B45559A0B958F2DDA8F989936DD597EC7FCA076165FCACCE57A9773123908FD43E2DBE0E4F8BB5E6479EF057','','provider','{}',NULL,'2026-11-25 17:43:06.399948','2026-11-25 17:43:06.399958');
INSERT INTO "applications" VALUES(4,1,4,1,1,'Circus''s App','Created at signup.','live','4a7cd2e9',X'373FCCD0AFE902736BCB53A48D65DFD1266527C04EA89741680715B10B6AFD1B',X'8E5DD100BF2594C1C06B3322567243F20281D75C3FBD6AD084AEA8F7997755744D7CDFEAB8DAFA858D88905FA83B835F3C2A9610803AFC49F8A8CD43','','provider','{}',NULL,'2026-11-25 17:43:06.404646','2026-11-25 17:43:06.404655');
INSERT INTO "applications" VALUES(5,1,4,3,6,'Circus''s App','Created at signup.','live','96a7d916',X'DBA42A095A1FEBD9E1E1EE1B1D08460C09680ACEB4D2B67A53D98727A86505F3',X'A688199495BB0F4AE13A2176559B987AB4DF9C16AE4E1609E9E5FD827D06F364517F9A27994F3F2C3EFD258298075C9EFA078620B6178C77E6979B9D','','provider','{}',NULL,'2026-11-25 17:43:06.405628','2026-11-25 17:43:06.405637');
INSERT INTO "applications" VALUES(6,1,5,3,6,'API signup','API signup','live','222dbdf2',X'1891F2CEBD2E30EE5EA24ABFA3D0F810072D37C6CC3E12AC75B0C9D3528447C0',X'32A4C4D211B5ECDAF9C4CFAA6AA8B967979DC1BA14C113AE9C66EA03D449A94F151170FC21F1C88978792F2B1905A5E0F08447B1C8DECADFFDAEDE65','','api','{}',NULL,'2026-11-25 17:43:06.409771','2026-11-25 17:43:06.409779');
INSERT INTO "applications" VALUES(7,1,3,3,7,'Waits','','pending','49de0b74',X'89E65248542D5117411555406F11A01F7FED0188AFECD3F0E0CD768058264F85',X'A3B9B931F56A3045188CBC413DC8015DADEA26A1A8A9F375D1339850F7CC8E3FBAED485D13A0F173D08388E9DAB6B33C56EA97CA974352651BDA047F','','provider','{}',NULL,'2026-11-25 17:43:06.412094','2026-11-25 17:43:06.412104');
INSERT INTO "applications" VALUES(8,1,3,3,6,'Out of order','','suspended','the-zoo-app',X'0C35F912D58038F06B38E50403566035A8CC93A80FED58396A25B0B2039269F4',X'E7CA02048983F787F817E295EFA30F61A3C724CBD4DEE535DBBC8239EE1D37C4D3557A597EAFEDDCD2F9B31ECB2852FE5582C5D66DF8090F2479C410','','provider','{}',NULL,'2026-11-25 17:43:06.413473','2026-11-25 17:43:06.417396');
INSERT INTO "applications" VALUES(9,1,3,3,5,'Fixed key','','live','f4fe1b14',X'C3DACBE222B69DF9B92A2316ACA59361E28E0F8E5E63872305250214028A5492',X'312081FE27C1B914F6DFD4645CA401C0B245EB0B938A90664F9F610CB5D73604EAC8358A87A768B48EBF8048D0EDD78EA6E16EA8799D8E','','provider','{}',NULL,'2026-11-25 17:43:06.418200','2026-11-25 17:43:06.418209');
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
	facts JSON NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id)
);
INSERT INTO "events" VALUES(1,1,'provider.created','system',NULL,NULL,NULL,1,'{}','2026-11-25 17:43:06.255857',NULL,'{}');
INSERT INTO "events" VALUES(2,1,'service.created','system',NULL,NULL,1,1,'{}','2026-11-25 17:43:06.267523',NULL,'{}');
INSERT INTO "events" VALUES(3,1,'feature.created','system',NULL,NULL,1,1,'{}','2026-11-25 17:43:06.268958',NULL,'{}');
INSERT INTO "events" VALUES(4,1,'feature.created','system',NULL,NULL,1,2,'{}','2026-11-25 17:43:06.269652',NULL,'{}');
INSERT INTO "events" VALUES(5,1,'feature.created','system',NULL,NULL,1,3,'{}','2026-11-25 17:43:06.270279',NULL,'{}');
INSERT INTO "events" VALUES(6,1,'plan.created','system',NULL,NULL,1,1,'{"plan": [null, "ApplicationPlan"]}','2026-11-25 17:43:06.272678',NULL,'{}');
INSERT INTO "events" VALUES(7,1,'plan.created','system',NULL,NULL,1,2,'{"plan": [null, "ApplicationPlan"]}','2026-11-25 17:43:06.273770',NULL,'{}');
INSERT INTO "events" VALUES(8,1,'plan.updated','system',NULL,NULL,1,1,'{"plan": [null, "ApplicationPlan"], "is_default": [false, true]}','2026-11-25 17:43:06.276204',NULL,'{}');
INSERT INTO "events" VALUES(9,1,'plan.updated','system',NULL,NULL,1,1,'{"feature": ["Unlimited Greetings", true]}','2026-11-25 17:43:06.277840',NULL,'{}');
INSERT INTO "events" VALUES(10,1,'plan.updated','system',NULL,NULL,1,2,'{"feature": ["Unlimited Greetings", true]}','2026-11-25 17:43:06.278820',NULL,'{}');
INSERT INTO "events" VALUES(11,1,'plan.updated','system',NULL,NULL,1,2,'{"feature": ["24/7 support", true]}','2026-11-25 17:43:06.279357',NULL,'{}');
INSERT INTO "events" VALUES(12,1,'plan.updated','system',NULL,NULL,1,2,'{"feature": ["Unlimited calls", true]}','2026-11-25 17:43:06.279961',NULL,'{}');
INSERT INTO "events" VALUES(13,1,'api_docs.created','system',NULL,NULL,1,1,'{}','2026-11-25 17:43:06.281897',NULL,'{}');
INSERT INTO "events" VALUES(14,1,'account.created','system',NULL,1,NULL,1,'{}','2026-11-25 17:43:06.289899',NULL,'{}');
INSERT INTO "events" VALUES(15,1,'user.created','system',NULL,1,NULL,2,'{}','2026-11-25 17:43:06.290154',NULL,'{}');
INSERT INTO "events" VALUES(16,1,'application.created','system',NULL,1,1,1,'{}','2026-11-25 17:43:06.292814',NULL,'{}');
INSERT INTO "events" VALUES(17,1,'proxy_config.deployed','system',NULL,NULL,1,1,'{"version": [null, 1]}','2026-11-25 17:43:06.300014',NULL,'{}');
INSERT INTO "events" VALUES(18,1,'proxy_config.promoted','system',NULL,NULL,1,2,'{"version": [null, 1]}','2026-11-25 17:43:06.301276',NULL,'{}');
INSERT INTO "events" VALUES(19,2,'provider.created','system',NULL,NULL,NULL,2,'{}','2026-11-25 17:43:06.305724',NULL,'{}');
INSERT INTO "events" VALUES(20,2,'service.created','system',NULL,NULL,2,2,'{}','2026-11-25 17:43:06.308548',NULL,'{}');
INSERT INTO "events" VALUES(21,2,'feature.created','system',NULL,NULL,2,4,'{}','2026-11-25 17:43:06.309268',NULL,'{}');
INSERT INTO "events" VALUES(22,2,'feature.created','system',NULL,NULL,2,5,'{}','2026-11-25 17:43:06.309868',NULL,'{}');
INSERT INTO "events" VALUES(23,2,'feature.created','system',NULL,NULL,2,6,'{}','2026-11-25 17:43:06.310440',NULL,'{}');
INSERT INTO "events" VALUES(24,2,'plan.created','system',NULL,NULL,2,3,'{"plan": [null, "ApplicationPlan"]}','2026-11-25 17:43:06.311413',NULL,'{}');
INSERT INTO "events" VALUES(25,2,'plan.created','system',NULL,NULL,2,4,'{"plan": [null, "ApplicationPlan"]}','2026-11-25 17:43:06.312307',NULL,'{}');
INSERT INTO "events" VALUES(26,2,'plan.updated','system',NULL,NULL,2,3,'{"plan": [null, "ApplicationPlan"], "is_default": [false, true]}','2026-11-25 17:43:06.313319',NULL,'{}');
INSERT INTO "events" VALUES(27,2,'plan.updated','system',NULL,NULL,2,3,'{"feature": ["Unlimited Greetings", true]}','2026-11-25 17:43:06.313932',NULL,'{}');
INSERT INTO "events" VALUES(28,2,'plan.updated','system',NULL,NULL,2,4,'{"feature": ["Unlimited Greetings", true]}','2026-11-25 17:43:06.314455',NULL,'{}');
INSERT INTO "events" VALUES(29,2,'plan.updated','system',NULL,NULL,2,4,'{"feature": ["24/7 support", true]}','2026-11-25 17:43:06.314937',NULL,'{}');
INSERT INTO "events" VALUES(30,2,'plan.updated','system',NULL,NULL,2,4,'{"feature": ["Unlimited calls", true]}','2026-11-25 17:43:06.315408',NULL,'{}');
INSERT INTO "events" VALUES(31,2,'api_docs.created','system',NULL,NULL,2,2,'{}','2026-11-25 17:43:06.316427',NULL,'{}');
INSERT INTO "events" VALUES(32,2,'account.created','system',NULL,2,NULL,2,'{}','2026-11-25 17:43:06.319066',NULL,'{}');
INSERT INTO "events" VALUES(33,2,'user.created','system',NULL,2,NULL,4,'{}','2026-11-25 17:43:06.319301',NULL,'{}');
INSERT INTO "events" VALUES(34,2,'application.created','system',NULL,2,2,2,'{}','2026-11-25 17:43:06.320290',NULL,'{}');
INSERT INTO "events" VALUES(35,2,'proxy_config.deployed','system',NULL,NULL,2,3,'{"version": [null, 1]}','2026-11-25 17:43:06.322530',NULL,'{}');
INSERT INTO "events" VALUES(36,2,'proxy_config.promoted','system',NULL,NULL,2,4,'{"version": [null, 1]}','2026-11-25 17:43:06.323554',NULL,'{}');
INSERT INTO "events" VALUES(37,1,'service.created','system',NULL,NULL,3,3,'{}','2026-11-25 17:43:06.344292',NULL,'{}');
INSERT INTO "events" VALUES(38,1,'mapping_rule.deleted','system',NULL,NULL,3,3,'{}','2026-11-25 17:43:06.344863',NULL,'{}');
INSERT INTO "events" VALUES(39,1,'plan.deleted','system',NULL,NULL,3,3,'{"plan": [null, "ServicePlan"]}','2026-11-25 17:43:06.346773',NULL,'{}');
INSERT INTO "events" VALUES(40,1,'service.updated','system',NULL,NULL,3,3,'{"is_default": [false, true]}','2026-11-25 17:43:06.348343',NULL,'{}');
INSERT INTO "events" VALUES(41,1,'metric.created','system',NULL,NULL,3,4,'{}','2026-11-25 17:43:06.351062',NULL,'{}');
INSERT INTO "events" VALUES(42,1,'metric.created','system',NULL,NULL,3,5,'{}','2026-11-25 17:43:06.352577',NULL,'{}');
INSERT INTO "events" VALUES(43,1,'mapping_rule.created','system',NULL,NULL,3,3,'{}','2026-11-25 17:43:06.354448',NULL,'{}');
INSERT INTO "events" VALUES(44,1,'mapping_rule.created','system',NULL,NULL,3,4,'{}','2026-11-25 17:43:06.355667',NULL,'{}');
INSERT INTO "events" VALUES(45,1,'mapping_rule.created','system',NULL,NULL,3,5,'{}','2026-11-25 17:43:06.356859',NULL,'{}');
INSERT INTO "events" VALUES(46,1,'proxy.updated','system',NULL,NULL,3,3,'{"api_backend": ["http://localhost:8000/echo", "https://pets.example.com:443"], "error_status_no_match": [404, 418]}','2026-11-25 17:43:06.357875',NULL,'{}');
INSERT INTO "events" VALUES(47,1,'proxy_config.deployed','system',NULL,NULL,3,5,'{"version": [null, 1]}','2026-11-25 17:43:06.360383',NULL,'{}');
INSERT INTO "events" VALUES(48,1,'feature.created','system',NULL,NULL,3,7,'{}','2026-11-25 17:43:06.361275',NULL,'{}');
INSERT INTO "events" VALUES(49,1,'plan.created','system',NULL,NULL,3,5,'{"plan": [null, "ApplicationPlan"]}','2026-11-25 17:43:06.362396',NULL,'{}');
INSERT INTO "events" VALUES(50,1,'plan.updated','system',NULL,NULL,3,5,'{"feature": ["Kittens", true]}','2026-11-25 17:43:06.363807',NULL,'{}');
INSERT INTO "events" VALUES(51,1,'usage_limit.set','system',NULL,NULL,3,1,'{"plan_id": [5, 5], "period": ["minute", "minute"], "value": [null, 5]}','2026-11-25 17:43:06.366622',NULL,'{}');
INSERT INTO "events" VALUES(52,1,'usage_limit.set','system',NULL,NULL,3,2,'{"plan_id": [5, 5], "period": ["day", "day"], "value": [null, 1]}','2026-11-25 17:43:06.367850',NULL,'{}');
INSERT INTO "events" VALUES(53,1,'plan.created','system',NULL,NULL,3,6,'{"plan": [null, "ApplicationPlan"]}','2026-11-25 17:43:06.369151',NULL,'{}');
INSERT INTO "events" VALUES(54,1,'plan.updated','system',NULL,NULL,3,6,'{"plan": [null, "ApplicationPlan"], "is_default": [false, true]}','2026-11-25 17:43:06.370079',NULL,'{}');
INSERT INTO "events" VALUES(55,1,'plan.created','system',NULL,NULL,3,3,'{"plan": [null, "ServicePlan"]}','2026-11-25 17:43:06.372213',NULL,'{}');
INSERT INTO "events" VALUES(56,1,'api_docs.created','system',NULL,NULL,3,3,'{}','2026-11-25 17:43:06.373208',NULL,'{}');
INSERT INTO "events" VALUES(57,1,'template.updated','system',NULL,NULL,NULL,1,'{"template": [null, "page /docs"]}','2026-11-25 17:43:06.375270',NULL,'{}');
INSERT INTO "events" VALUES(58,1,'template.updated','system',NULL,NULL,NULL,2,'{"template": [null, "partial a.b/c"]}','2026-11-25 17:43:06.376330',NULL,'{}');
INSERT INTO "events" VALUES(59,1,'plan.updated','system',NULL,NULL,3,5,'{"plan": [null, "ApplicationPlan"], "description": ["", "For zoos."], "setup_fee": ["0.00", "120.50"], "trial_period_days": [0, 14], "position": [1, 3]}','2026-11-25 17:43:06.385431',NULL,'{}');
INSERT INTO "events" VALUES(60,1,'plan.created','system',NULL,NULL,3,7,'{"plan": [null, "ApplicationPlan"]}','2026-11-25 17:43:06.387079',NULL,'{}');
INSERT INTO "events" VALUES(61,1,'plan.created','system',NULL,NULL,NULL,3,'{"plan": [null, "AccountPlan"]}','2026-11-25 17:43:06.387762',NULL,'{}');
INSERT INTO "events" VALUES(62,1,'plan.updated','system',NULL,NULL,3,3,'{"plan": [null, "ServicePlan"], "state": ["hidden", "published"]}','2026-11-25 17:43:06.388690',NULL,'{}');
INSERT INTO "events" VALUES(63,1,'plan.updated','system',NULL,NULL,3,3,'{"plan": [null, "ServicePlan"], "is_default": [false, true]}','2026-11-25 17:43:06.390764',NULL,'{}');
INSERT INTO "events" VALUES(64,1,'plan.created','system',NULL,NULL,3,8,'{"plan": [null, "ApplicationPlan"]}','2026-11-25 17:43:06.392443',NULL,'{}');
INSERT INTO "events" VALUES(65,1,'account.created','system',NULL,3,NULL,3,'{}','2026-11-25 17:43:06.398421',NULL,'{}');
INSERT INTO "events" VALUES(66,1,'user.created','system',NULL,3,NULL,5,'{}','2026-11-25 17:43:06.398673',NULL,'{}');
INSERT INTO "events" VALUES(67,1,'application.created','system',NULL,3,3,3,'{}','2026-11-25 17:43:06.400492',NULL,'{}');
INSERT INTO "events" VALUES(68,1,'account.created','system',NULL,4,NULL,4,'{}','2026-11-25 17:43:06.403515',NULL,'{}');
INSERT INTO "events" VALUES(69,1,'user.created','system',NULL,4,NULL,6,'{}','2026-11-25 17:43:06.403757',NULL,'{}');
INSERT INTO "events" VALUES(70,1,'application.created','system',NULL,4,1,4,'{}','2026-11-25 17:43:06.405165',NULL,'{}');
INSERT INTO "events" VALUES(71,1,'application.created','system',NULL,4,3,5,'{}','2026-11-25 17:43:06.406075',NULL,'{}');
INSERT INTO "events" VALUES(72,1,'account.pending','system',NULL,4,NULL,4,'{"state": ["created", "pending"]}','2026-11-25 17:43:06.406324',NULL,'{}');
INSERT INTO "events" VALUES(73,1,'account.created','system',NULL,5,NULL,5,'{}','2026-11-25 17:43:06.408613',NULL,'{}');
INSERT INTO "events" VALUES(74,1,'user.created','system',NULL,5,NULL,7,'{}','2026-11-25 17:43:06.408894',NULL,'{}');
INSERT INTO "events" VALUES(75,1,'application.created','system',NULL,5,3,6,'{}','2026-11-25 17:43:06.410248',NULL,'{}');
INSERT INTO "events" VALUES(76,1,'account.updated','system',NULL,3,NULL,3,'{"account_plan_id": [1, 3]}','2026-11-25 17:43:06.410526',NULL,'{}');
INSERT INTO "events" VALUES(77,1,'application.created','system',NULL,3,3,7,'{}','2026-11-25 17:43:06.412587',NULL,'{}');
INSERT INTO "events" VALUES(78,1,'application.created','system',NULL,3,3,8,'{}','2026-11-25 17:43:06.413961',NULL,'{}');
INSERT INTO "events" VALUES(79,1,'application.key_created','system',NULL,3,3,8,'{}','2026-11-25 17:43:06.415889',NULL,'{}');
INSERT INTO "events" VALUES(80,1,'application.key_created','system',NULL,3,3,8,'{}','2026-11-25 17:43:06.416760',NULL,'{}');
INSERT INTO "events" VALUES(81,1,'application.suspended','system',NULL,3,3,8,'{"state": ["live", "suspended"]}','2026-11-25 17:43:06.417042',NULL,'{}');
INSERT INTO "events" VALUES(82,1,'application.created','system',NULL,3,3,9,'{}','2026-11-25 17:43:06.418694',NULL,'{}');
INSERT INTO "events" VALUES(83,1,'setting.updated','system',NULL,NULL,NULL,1,'{"public_search": [false, true]}','2026-11-25 17:43:06.419239',NULL,'{}');
INSERT INTO "events" VALUES(84,1,'user.logged_in','admin',1,NULL,NULL,1,'{}','2026-11-25 17:43:06.422214',NULL,'{}');
INSERT INTO "events" VALUES(85,1,'access_token.created','admin',1,NULL,NULL,3,'{}','2026-11-25 17:43:06.423657',NULL,'{}');
INSERT INTO "events" VALUES(86,1,'proxy_config.promoted','system',NULL,NULL,3,6,'{"version": [null, 1]}','2026-11-25 17:43:06.426405',NULL,'{}');
INSERT INTO "events" VALUES(87,1,'user.logged_in','keeper',5,3,NULL,5,'{}','2026-11-25 17:43:06.427068',NULL,'{}');
INSERT INTO "events" VALUES(88,1,'proxy.updated','system',NULL,NULL,1,1,'{"policy_chain": [[], [{"name": "headers", "version": "builtin", "configuration": {"request": [{"op": "set", "header": "Authorization", "value_type": "plain", "value": "Bearer secret-of-a-chain-0123456789"}]}}, {"name": "apicast", "version": "builtin", "configuration": {}}]]}','2026-11-25 21:46:59.849956',NULL,'{}');
INSERT INTO "events" VALUES(89,1,'proxy_config.deployed','system',NULL,NULL,1,7,'{"version": [1, 2]}','2026-11-25 21:46:59.860608',NULL,'{}');
INSERT INTO "events" VALUES(90,1,'proxy_config.promoted','system',NULL,NULL,1,8,'{"version": [1, 2]}','2026-11-25 21:46:59.862055',NULL,'{}');
INSERT INTO "events" VALUES(91,1,'proxy.updated','system',NULL,NULL,1,1,'{"auth_user_key": ["user_key", "key"]}','2026-11-25 21:46:59.863467',NULL,'{}');
INSERT INTO "events" VALUES(92,1,'proxy_config.deployed','system',NULL,NULL,1,9,'{"version": [2, 3]}','2026-11-25 21:46:59.866250',NULL,'{}');
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
INSERT INTO "features" VALUES(1,1,1,'Unlimited Greetings','unlimited_greetings','','2026-11-25 17:43:06.267884');
INSERT INTO "features" VALUES(2,1,1,'24/7 support','24_7_support','','2026-11-25 17:43:06.269264');
INSERT INTO "features" VALUES(3,1,1,'Unlimited calls','unlimited_calls','','2026-11-25 17:43:06.269916');
INSERT INTO "features" VALUES(4,2,2,'Unlimited Greetings','unlimited_greetings','','2026-11-25 17:43:06.308869');
INSERT INTO "features" VALUES(5,2,2,'24/7 support','24_7_support','','2026-11-25 17:43:06.309524');
INSERT INTO "features" VALUES(6,2,2,'Unlimited calls','unlimited_calls','','2026-11-25 17:43:06.310107');
INSERT INTO "features" VALUES(7,1,3,'Kittens','kittens','','2026-11-25 17:43:06.360865');
CREATE TABLE mails (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	event_id INTEGER, 
	template VARCHAR NOT NULL, 
	sender VARCHAR NOT NULL, 
	recipient VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	body TEXT NOT NULL, 
	state VARCHAR NOT NULL, 
	attempts INTEGER NOT NULL, 
	error VARCHAR NOT NULL, 
	sent_at DATETIME, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(event_id) REFERENCES events (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id)
);
INSERT INTO "mails" VALUES(1,1,1,'welcome','a@acme.example','keeper@zoo.example','Hello; it''s ''you''','Line
"two" ünïcode','kept',0,'',NULL,'2026-11-25 17:43:06.429081');
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
INSERT INTO "mapping_rules" VALUES(1,1,1,1,'GET','/',1,1,0,'2026-11-25 17:43:06.263025','2026-11-25 17:43:06.263035');
INSERT INTO "mapping_rules" VALUES(2,2,2,2,'GET','/',1,1,0,'2026-11-25 17:43:06.307734','2026-11-25 17:43:06.307744');
INSERT INTO "mapping_rules" VALUES(3,1,3,5,'POST','/adoptions',1,1,1,'2026-11-25 17:43:06.353989','2026-11-25 17:43:06.354000');
INSERT INTO "mapping_rules" VALUES(4,1,3,3,'GET','/',1,2,0,'2026-11-25 17:43:06.355244','2026-11-25 17:43:06.355253');
INSERT INTO "mapping_rules" VALUES(5,1,3,4,'GET','/',10,3,0,'2026-11-25 17:43:06.356413','2026-11-25 17:43:06.356422');
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
INSERT INTO "metrics" VALUES(1,1,1,NULL,'hits','Hits','hit','','2026-11-25 17:43:06.261898','2026-11-25 17:43:06.261908');
INSERT INTO "metrics" VALUES(2,2,2,NULL,'hits','Hits','hit','','2026-11-25 17:43:06.307316','2026-11-25 17:43:06.307325');
INSERT INTO "metrics" VALUES(3,1,3,NULL,'hits','Hits','hit','','2026-11-25 17:43:06.343159','2026-11-25 17:43:06.343169');
INSERT INTO "metrics" VALUES(4,1,3,NULL,'bytes','Bytes','byte','','2026-11-25 17:43:06.350591','2026-11-25 17:43:06.350601');
INSERT INTO "metrics" VALUES(5,1,3,3,'adopt','Adopt','hit','','2026-11-25 17:43:06.352137','2026-11-25 17:43:06.352147');
CREATE TABLE one_time_tokens (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	purpose VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	expires_at DATETIME, 
	used_at DATETIME, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(user_id) REFERENCES users (id), 
	UNIQUE (digest)
);
INSERT INTO "one_time_tokens" VALUES(1,1,5,'password_reset','a03bf23a838531a6c9f13a265add3546bbaf8bc0fcb646066966b0fe8837551046f70481450093ef8b4495a3bc900a1c','2026-11-26 17:43:06.424441',NULL,'2026-11-25 17:43:06.424491');
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
	PRIMARY KEY (id), 
	UNIQUE (subdomain), 
	UNIQUE (provider_key_digest)
);
INSERT INTO "providers" VALUES(1,'Acme','acme','approved',1,X'303D2BB5155BA5EDDD5AD9C5563E9E1886C5AC2CFA94357602CD802271E45BF5',X'17869CE0163DBA5D004E4F3724D390A25159AB19E6E0B15422B28631B7AAC3EF67B30CC623EBF5AFEC4A2A83503EA769BD7932B1855456A6975A989F','UTC','admin@acme.example','admin@acme.example','','2026-11-25 17:43:06.250332','2026-11-25 17:43:06.253731','USD');
INSERT INTO "providers" VALUES(2,'Globex','globex','approved',0,X'A5FC83E63F455AF1ADFC5DD7C8F61F001900CF9F6B9FD993AB585542F20BDA54',X'00C2A19D522BFCB300ADCB494F8B11CD4B760AC9617FB9C3E8827CEB6BB914AA7D53BC8DA36C440F1C8E7C223401E143E0F149AD4F8457FABAD7E7D0','UTC','admin@globex.example','admin@globex.example','','2026-11-25 17:43:06.304082','2026-11-25 17:43:06.305243','USD');
CREATE TABLE "proxies" (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	service_id INTEGER NOT NULL, 
	api_backend VARCHAR NOT NULL, 
	api_test_path VARCHAR NOT NULL, 
	hostname_rewrite VARCHAR NOT NULL, 
	secret_token VARCHAR NOT NULL, 
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
	policy_chain JSON NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	UNIQUE (service_id), 
	FOREIGN KEY(service_id) REFERENCES services (id)
);
INSERT INTO "proxies" VALUES(1,1,1,'http://localhost:8000/echo','/','','Shared_secret_sent_from_proxy_to_API_backend_8dff116f387cd28d','query','key','app_id','app_key','Authentication failed',403,'text/plain; charset=us-ascii','Authentication parameters missing',403,'text/plain; charset=us-ascii','No Mapping Rule matched',404,'text/plain; charset=us-ascii','Usage limit exceeded',429,'text/plain; charset=us-ascii',NULL,NULL,'',NULL,'2026-11-25 21:46:59.865252',2,'2026-11-25 17:43:06.263258','2026-11-25 21:46:59.866094','[{"name": "headers", "version": "builtin", "configuration": {"request": [{"op": "set", "header": "Authorization", "value_type": "plain", "value": "Bearer secret-of-a-chain-0123456789"}]}}, {"name": "apicast", "version": "builtin", "configuration": {}}]');
INSERT INTO "proxies" VALUES(2,2,2,'http://localhost:8000/echo','/','','Shared_secret_sent_from_proxy_to_API_backend_78408bad37cf216f','query','user_key','app_id','app_key','Authentication failed',403,'text/plain; charset=us-ascii','Authentication parameters missing',403,'text/plain; charset=us-ascii','No Mapping Rule matched',404,'text/plain; charset=us-ascii','Usage limit exceeded',429,'text/plain; charset=us-ascii',NULL,NULL,'',NULL,'2026-11-25 17:43:06.321894',0,'2026-11-25 17:43:06.307896','2026-11-25 17:43:06.322396','[]');
INSERT INTO "proxies" VALUES(3,1,3,'https://pets.example.com:443','/','','Shared_secret_sent_from_proxy_to_API_backend_b99aff8d47fbdaf0','query','user_key','app_id','app_key','Authentication failed',403,'text/plain; charset=us-ascii','Authentication parameters missing',403,'text/plain; charset=us-ascii','No Mapping Rule matched',418,'text/plain; charset=us-ascii','Usage limit exceeded',429,'text/plain; charset=us-ascii',NULL,NULL,'',NULL,'2026-11-25 17:43:06.359733',1,'2026-11-25 17:43:06.343727','2026-11-25 17:43:06.360250','[]');
CREATE TABLE proxy_configs (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	service_id INTEGER NOT NULL, 
	environment VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	content JSON NOT NULL, 
	deployed_by VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(service_id) REFERENCES services (id)
);
INSERT INTO "proxy_configs" VALUES(1,1,1,'staging',1,'{"id": 1, "name": "API", "system_name": "api", "description": "Your first API.", "support_email": "", "state": "published", "backend_version": "1", "deployment_option": "hosted", "buyers_manage_apps": true, "buyers_manage_keys": true, "custom_keys_enabled": true, "buyer_key_regenerate_enabled": true, "mandatory_app_key": true, "referrer_filters_required": false, "intentions_required": false, "buyer_can_select_plan": false, "buyer_plan_change_permission": "request", "account_id": 1, "proxiable?": true, "backend_authentication_type": "service_token", "backend_authentication_value": "477d277e625d9f1f338ec27be2f06e6201a1ea22882025df0b8f72f2b27afc92", "proxy": {"id": 1, "service_id": 1, "api_backend": "http://localhost:8000/echo", "api_test_path": "/", "hostname_rewrite": "", "secret_token": "Shared_secret_sent_from_proxy_to_API_backend_8dff116f387cd28d", "credentials_location": "query", "auth_user_key": "user_key", "auth_app_id": "app_id", "auth_app_key": "app_key", "error_auth_failed": "Authentication failed", "error_status_auth_failed": 403, "error_headers_auth_failed": "text/plain; charset=us-ascii", "error_auth_missing": "Authentication parameters missing", "error_status_auth_missing": 403, "error_headers_auth_missing": "text/plain; charset=us-ascii", "error_no_match": "No Mapping Rule matched", "error_status_no_match": 404, "error_headers_no_match": "text/plain; charset=us-ascii", "error_limits_exceeded": "Usage limit exceeded", "error_status_limits_exceeded": 429, "error_headers_limits_exceeded": "text/plain; charset=us-ascii", "endpoint": "http://localhost:8000/gateway/production/api", "sandbox_endpoint": "http://localhost:8000/gateway/staging/api", "endpoint_port": 8000, "hosts": ["api-acme.localhost", "api-acme.staging.localhost"], "backend": {"endpoint": "http://localhost:8000", "host": "localhost:8000"}, "authentication_method": "1", "service_backend_version": "1", "valid?": true, "policy_chain": [{"name": "apicast", "version": "builtin", "configuration": {}}], "proxy_rules": [{"id": 1, "proxy_id": 1, "http_method": "GET", "pattern": "/", "metric_id": 1, "metric_system_name": "hits", "delta": 1, "position": 1, "last": false, "redirect_url": null, "owner_id": 1, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}]}}','system','2026-11-25 17:43:06.298563');
INSERT INTO "proxy_configs" VALUES(2,1,1,'production',1,'{"id": 1, "name": "API", "system_name": "api", "description": "Your first API.", "support_email": "", "state": "published", "backend_version": "1", "deployment_option": "hosted", "buyers_manage_apps": true, "buyers_manage_keys": true, "custom_keys_enabled": true, "buyer_key_regenerate_enabled": true, "mandatory_app_key": true, "referrer_filters_required": false, "intentions_required": false, "buyer_can_select_plan": false, "buyer_plan_change_permission": "request", "account_id": 1, "proxiable?": true, "backend_authentication_type": "service_token", "backend_authentication_value": "477d277e625d9f1f338ec27be2f06e6201a1ea22882025df0b8f72f2b27afc92", "proxy": {"id": 1, "service_id": 1, "api_backend": "http://localhost:8000/echo", "api_test_path": "/", "hostname_rewrite": "", "secret_token": "Shared_secret_sent_from_proxy_to_API_backend_8dff116f387cd28d", "credentials_location": "query", "auth_user_key": "user_key", "auth_app_id": "app_id", "auth_app_key": "app_key", "error_auth_failed": "Authentication failed", "error_status_auth_failed": 403, "error_headers_auth_failed": "text/plain; charset=us-ascii", "error_auth_missing": "Authentication parameters missing", "error_status_auth_missing": 403, "error_headers_auth_missing": "text/plain; charset=us-ascii", "error_no_match": "No Mapping Rule matched", "error_status_no_match": 404, "error_headers_no_match": "text/plain; charset=us-ascii", "error_limits_exceeded": "Usage limit exceeded", "error_status_limits_exceeded": 429, "error_headers_limits_exceeded": "text/plain; charset=us-ascii", "endpoint": "http://localhost:8000/gateway/production/api", "sandbox_endpoint": "http://localhost:8000/gateway/staging/api", "endpoint_port": 8000, "hosts": ["api-acme.localhost", "api-acme.staging.localhost"], "backend": {"endpoint": "http://localhost:8000", "host": "localhost:8000"}, "authentication_method": "1", "service_backend_version": "1", "valid?": true, "policy_chain": [{"name": "apicast", "version": "builtin", "configuration": {}}], "proxy_rules": [{"id": 1, "proxy_id": 1, "http_method": "GET", "pattern": "/", "metric_id": 1, "metric_system_name": "hits", "delta": 1, "position": 1, "last": false, "redirect_url": null, "owner_id": 1, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}]}}','system','2026-11-25 17:43:06.300980');
INSERT INTO "proxy_configs" VALUES(3,2,2,'staging',1,'{"id": 2, "name": "API", "system_name": "api", "description": "Your first API.", "support_email": "", "state": "published", "backend_version": "1", "deployment_option": "hosted", "buyers_manage_apps": true, "buyers_manage_keys": true, "custom_keys_enabled": true, "buyer_key_regenerate_enabled": true, "mandatory_app_key": true, "referrer_filters_required": false, "intentions_required": false, "buyer_can_select_plan": false, "buyer_plan_change_permission": "request", "account_id": 2, "proxiable?": true, "backend_authentication_type": "service_token", "backend_authentication_value": "23206d708825a95e572631786cc516e27d62ef604cd495706df0b830b5e7a175", "proxy": {"id": 2, "service_id": 2, "api_backend": "http://localhost:8000/echo", "api_test_path": "/", "hostname_rewrite": "", "secret_token": "Shared_secret_sent_from_proxy_to_API_backend_78408bad37cf216f", "credentials_location": "query", "auth_user_key": "user_key", "auth_app_id": "app_id", "auth_app_key": "app_key", "error_auth_failed": "Authentication failed", "error_status_auth_failed": 403, "error_headers_auth_failed": "text/plain; charset=us-ascii", "error_auth_missing": "Authentication parameters missing", "error_status_auth_missing": 403, "error_headers_auth_missing": "text/plain; charset=us-ascii", "error_no_match": "No Mapping Rule matched", "error_status_no_match": 404, "error_headers_no_match": "text/plain; charset=us-ascii", "error_limits_exceeded": "Usage limit exceeded", "error_status_limits_exceeded": 429, "error_headers_limits_exceeded": "text/plain; charset=us-ascii", "endpoint": "http://api-globex.localhost:8000", "sandbox_endpoint": "http://api-globex.staging.localhost:8000", "endpoint_port": 8000, "hosts": ["api-globex.localhost", "api-globex.staging.localhost"], "backend": {"endpoint": "http://globex-admin.localhost:8000", "host": "localhost:8000"}, "authentication_method": "1", "service_backend_version": "1", "valid?": true, "policy_chain": [{"name": "apicast", "version": "builtin", "configuration": {}}], "proxy_rules": [{"id": 2, "proxy_id": 2, "http_method": "GET", "pattern": "/", "metric_id": 2, "metric_system_name": "hits", "delta": 1, "position": 1, "last": false, "redirect_url": null, "owner_id": 2, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}]}}','system','2026-11-25 17:43:06.321848');
INSERT INTO "proxy_configs" VALUES(4,2,2,'production',1,'{"id": 2, "name": "API", "system_name": "api", "description": "Your first API.", "support_email": "", "state": "published", "backend_version": "1", "deployment_option": "hosted", "buyers_manage_apps": true, "buyers_manage_keys": true, "custom_keys_enabled": true, "buyer_key_regenerate_enabled": true, "mandatory_app_key": true, "referrer_filters_required": false, "intentions_required": false, "buyer_can_select_plan": false, "buyer_plan_change_permission": "request", "account_id": 2, "proxiable?": true, "backend_authentication_type": "service_token", "backend_authentication_value": "23206d708825a95e572631786cc516e27d62ef604cd495706df0b830b5e7a175", "proxy": {"id": 2, "service_id": 2, "api_backend": "http://localhost:8000/echo", "api_test_path": "/", "hostname_rewrite": "", "secret_token": "Shared_secret_sent_from_proxy_to_API_backend_78408bad37cf216f", "credentials_location": "query", "auth_user_key": "user_key", "auth_app_id": "app_id", "auth_app_key": "app_key", "error_auth_failed": "Authentication failed", "error_status_auth_failed": 403, "error_headers_auth_failed": "text/plain; charset=us-ascii", "error_auth_missing": "Authentication parameters missing", "error_status_auth_missing": 403, "error_headers_auth_missing": "text/plain; charset=us-ascii", "error_no_match": "No Mapping Rule matched", "error_status_no_match": 404, "error_headers_no_match": "text/plain; charset=us-ascii", "error_limits_exceeded": "Usage limit exceeded", "error_status_limits_exceeded": 429, "error_headers_limits_exceeded": "text/plain; charset=us-ascii", "endpoint": "http://api-globex.localhost:8000", "sandbox_endpoint": "http://api-globex.staging.localhost:8000", "endpoint_port": 8000, "hosts": ["api-globex.localhost", "api-globex.staging.localhost"], "backend": {"endpoint": "http://globex-admin.localhost:8000", "host": "localhost:8000"}, "authentication_method": "1", "service_backend_version": "1", "valid?": true, "policy_chain": [{"name": "apicast", "version": "builtin", "configuration": {}}], "proxy_rules": [{"id": 2, "proxy_id": 2, "http_method": "GET", "pattern": "/", "metric_id": 2, "metric_system_name": "hits", "delta": 1, "position": 1, "last": false, "redirect_url": null, "owner_id": 2, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}]}}','system','2026-11-25 17:43:06.323278');
INSERT INTO "proxy_configs" VALUES(5,1,3,'staging',1,'{"id": 3, "name": "Pet Store", "system_name": "petstore", "description": "", "support_email": "", "state": "published", "backend_version": "1", "deployment_option": "hosted", "buyers_manage_apps": true, "buyers_manage_keys": true, "custom_keys_enabled": true, "buyer_key_regenerate_enabled": true, "mandatory_app_key": true, "referrer_filters_required": false, "intentions_required": false, "buyer_can_select_plan": false, "buyer_plan_change_permission": "request", "account_id": 1, "proxiable?": true, "backend_authentication_type": "service_token", "backend_authentication_value": "8c67baa7de087f0036f150e1bdea79164c2d76889d1e9881103647c0a15b1501", "proxy": {"id": 3, "service_id": 3, "api_backend": "https://pets.example.com:443", "api_test_path": "/", "hostname_rewrite": "", "secret_token": "Shared_secret_sent_from_proxy_to_API_backend_b99aff8d47fbdaf0", "credentials_location": "query", "auth_user_key": "user_key", "auth_app_id": "app_id", "auth_app_key": "app_key", "error_auth_failed": "Authentication failed", "error_status_auth_failed": 403, "error_headers_auth_failed": "text/plain; charset=us-ascii", "error_auth_missing": "Authentication parameters missing", "error_status_auth_missing": 403, "error_headers_auth_missing": "text/plain; charset=us-ascii", "error_no_match": "No Mapping Rule matched", "error_status_no_match": 418, "error_headers_no_match": "text/plain; charset=us-ascii", "error_limits_exceeded": "Usage limit exceeded", "error_status_limits_exceeded": 429, "error_headers_limits_exceeded": "text/plain; charset=us-ascii", "endpoint": "http://localhost:8000/gateway/production/petstore", "sandbox_endpoint": "http://localhost:8000/gateway/staging/petstore", "endpoint_port": 8000, "hosts": ["petstore-acme.localhost", "petstore-acme.staging.localhost"], "backend": {"endpoint": "http://localhost:8000", "host": "localhost:8000"}, "authentication_method": "1", "service_backend_version": "1", "valid?": true, "policy_chain": [{"name": "apicast", "version": "builtin", "configuration": {}}], "proxy_rules": [{"id": 3, "proxy_id": 3, "http_method": "POST", "pattern": "/adoptions", "metric_id": 5, "metric_system_name": "adopt", "delta": 1, "position": 1, "last": true, "redirect_url": null, "owner_id": 3, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}, {"id": 4, "proxy_id": 3, "http_method": "GET", "pattern": "/", "metric_id": 3, "metric_system_name": "hits", "delta": 1, "position": 2, "last": false, "redirect_url": null, "owner_id": 3, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}, {"id": 5, "proxy_id": 3, "http_method": "GET", "pattern": "/", "metric_id": 4, "metric_system_name": "bytes", "delta": 10, "position": 3, "last": false, "redirect_url": null, "owner_id": 3, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}]}}','system','2026-11-25 17:43:06.359686');
INSERT INTO "proxy_configs" VALUES(6,1,3,'production',1,'{"id": 3, "name": "Pet Store", "system_name": "petstore", "description": "", "support_email": "", "state": "published", "backend_version": "1", "deployment_option": "hosted", "buyers_manage_apps": true, "buyers_manage_keys": true, "custom_keys_enabled": true, "buyer_key_regenerate_enabled": true, "mandatory_app_key": true, "referrer_filters_required": false, "intentions_required": false, "buyer_can_select_plan": false, "buyer_plan_change_permission": "request", "account_id": 1, "proxiable?": true, "backend_authentication_type": "service_token", "backend_authentication_value": "8c67baa7de087f0036f150e1bdea79164c2d76889d1e9881103647c0a15b1501", "proxy": {"id": 3, "service_id": 3, "api_backend": "https://pets.example.com:443", "api_test_path": "/", "hostname_rewrite": "", "secret_token": "Shared_secret_sent_from_proxy_to_API_backend_b99aff8d47fbdaf0", "credentials_location": "query", "auth_user_key": "user_key", "auth_app_id": "app_id", "auth_app_key": "app_key", "error_auth_failed": "Authentication failed", "error_status_auth_failed": 403, "error_headers_auth_failed": "text/plain; charset=us-ascii", "error_auth_missing": "Authentication parameters missing", "error_status_auth_missing": 403, "error_headers_auth_missing": "text/plain; charset=us-ascii", "error_no_match": "No Mapping Rule matched", "error_status_no_match": 418, "error_headers_no_match": "text/plain; charset=us-ascii", "error_limits_exceeded": "Usage limit exceeded", "error_status_limits_exceeded": 429, "error_headers_limits_exceeded": "text/plain; charset=us-ascii", "endpoint": "http://localhost:8000/gateway/production/petstore", "sandbox_endpoint": "http://localhost:8000/gateway/staging/petstore", "endpoint_port": 8000, "hosts": ["petstore-acme.localhost", "petstore-acme.staging.localhost"], "backend": {"endpoint": "http://localhost:8000", "host": "localhost:8000"}, "authentication_method": "1", "service_backend_version": "1", "valid?": true, "policy_chain": [{"name": "apicast", "version": "builtin", "configuration": {}}], "proxy_rules": [{"id": 3, "proxy_id": 3, "http_method": "POST", "pattern": "/adoptions", "metric_id": 5, "metric_system_name": "adopt", "delta": 1, "position": 1, "last": true, "redirect_url": null, "owner_id": 3, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}, {"id": 4, "proxy_id": 3, "http_method": "GET", "pattern": "/", "metric_id": 3, "metric_system_name": "hits", "delta": 1, "position": 2, "last": false, "redirect_url": null, "owner_id": 3, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}, {"id": 5, "proxy_id": 3, "http_method": "GET", "pattern": "/", "metric_id": 4, "metric_system_name": "bytes", "delta": 10, "position": 3, "last": false, "redirect_url": null, "owner_id": 3, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}]}}','system','2026-11-25 17:43:06.426077');
INSERT INTO "proxy_configs" VALUES(7,1,1,'staging',2,'{"id": 1, "name": "API", "system_name": "api", "description": "Your first API.", "support_email": "", "state": "published", "backend_version": "1", "deployment_option": "hosted", "buyers_manage_apps": true, "buyers_manage_keys": true, "custom_keys_enabled": true, "buyer_key_regenerate_enabled": true, "mandatory_app_key": true, "referrer_filters_required": false, "intentions_required": false, "buyer_can_select_plan": false, "buyer_plan_change_permission": "request", "account_id": 1, "proxiable?": true, "backend_authentication_type": "service_token", "backend_authentication_value": "477d277e625d9f1f338ec27be2f06e6201a1ea22882025df0b8f72f2b27afc92", "proxy": {"id": 1, "service_id": 1, "api_backend": "http://localhost:8000/echo", "api_test_path": "/", "hostname_rewrite": "", "secret_token": "Shared_secret_sent_from_proxy_to_API_backend_8dff116f387cd28d", "credentials_location": "query", "auth_user_key": "user_key", "auth_app_id": "app_id", "auth_app_key": "app_key", "error_auth_failed": "Authentication failed", "error_status_auth_failed": 403, "error_headers_auth_failed": "text/plain; charset=us-ascii", "error_auth_missing": "Authentication parameters missing", "error_status_auth_missing": 403, "error_headers_auth_missing": "text/plain; charset=us-ascii", "error_no_match": "No Mapping Rule matched", "error_status_no_match": 404, "error_headers_no_match": "text/plain; charset=us-ascii", "error_limits_exceeded": "Usage limit exceeded", "error_status_limits_exceeded": 429, "error_headers_limits_exceeded": "text/plain; charset=us-ascii", "endpoint": "http://localhost:8000/gateway/production/api", "sandbox_endpoint": "http://localhost:8000/gateway/staging/api", "endpoint_port": 8000, "hosts": ["api-acme.localhost", "api-acme.staging.localhost"], "backend": {"endpoint": "http://localhost:8000", "host": "localhost:8000"}, "authentication_method": "1", "service_backend_version": "1", "valid?": true, "policy_chain": [{"name": "headers", "version": "builtin", "configuration": {"request": [{"op": "set", "header": "Authorization", "value_type": "plain", "value": "Bearer secret-of-a-chain-0123456789"}]}}, {"name": "apicast", "version": "builtin", "configuration": {}}], "proxy_rules": [{"id": 1, "proxy_id": 1, "http_method": "GET", "pattern": "/", "metric_id": 1, "metric_system_name": "hits", "delta": 1, "position": 1, "last": false, "redirect_url": null, "owner_id": 1, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}]}}','system','2026-11-25 21:46:59.858103');
INSERT INTO "proxy_configs" VALUES(8,1,1,'production',2,'{"id": 1, "name": "API", "system_name": "api", "description": "Your first API.", "support_email": "", "state": "published", "backend_version": "1", "deployment_option": "hosted", "buyers_manage_apps": true, "buyers_manage_keys": true, "custom_keys_enabled": true, "buyer_key_regenerate_enabled": true, "mandatory_app_key": true, "referrer_filters_required": false, "intentions_required": false, "buyer_can_select_plan": false, "buyer_plan_change_permission": "request", "account_id": 1, "proxiable?": true, "backend_authentication_type": "service_token", "backend_authentication_value": "477d277e625d9f1f338ec27be2f06e6201a1ea22882025df0b8f72f2b27afc92", "proxy": {"id": 1, "service_id": 1, "api_backend": "http://localhost:8000/echo", "api_test_path": "/", "hostname_rewrite": "", "secret_token": "Shared_secret_sent_from_proxy_to_API_backend_8dff116f387cd28d", "credentials_location": "query", "auth_user_key": "user_key", "auth_app_id": "app_id", "auth_app_key": "app_key", "error_auth_failed": "Authentication failed", "error_status_auth_failed": 403, "error_headers_auth_failed": "text/plain; charset=us-ascii", "error_auth_missing": "Authentication parameters missing", "error_status_auth_missing": 403, "error_headers_auth_missing": "text/plain; charset=us-ascii", "error_no_match": "No Mapping Rule matched", "error_status_no_match": 404, "error_headers_no_match": "text/plain; charset=us-ascii", "error_limits_exceeded": "Usage limit exceeded", "error_status_limits_exceeded": 429, "error_headers_limits_exceeded": "text/plain; charset=us-ascii", "endpoint": "http://localhost:8000/gateway/production/api", "sandbox_endpoint": "http://localhost:8000/gateway/staging/api", "endpoint_port": 8000, "hosts": ["api-acme.localhost", "api-acme.staging.localhost"], "backend": {"endpoint": "http://localhost:8000", "host": "localhost:8000"}, "authentication_method": "1", "service_backend_version": "1", "valid?": true, "policy_chain": [{"name": "headers", "version": "builtin", "configuration": {"request": [{"op": "set", "header": "Authorization", "value_type": "plain", "value": "Bearer secret-of-a-chain-0123456789"}]}}, {"name": "apicast", "version": "builtin", "configuration": {}}], "proxy_rules": [{"id": 1, "proxy_id": 1, "http_method": "GET", "pattern": "/", "metric_id": 1, "metric_system_name": "hits", "delta": 1, "position": 1, "last": false, "redirect_url": null, "owner_id": 1, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}]}}','system','2026-11-25 21:46:59.861724');
INSERT INTO "proxy_configs" VALUES(9,1,1,'staging',3,'{"id": 1, "name": "API", "system_name": "api", "description": "Your first API.", "support_email": "", "state": "published", "backend_version": "1", "deployment_option": "hosted", "buyers_manage_apps": true, "buyers_manage_keys": true, "custom_keys_enabled": true, "buyer_key_regenerate_enabled": true, "mandatory_app_key": true, "referrer_filters_required": false, "intentions_required": false, "buyer_can_select_plan": false, "buyer_plan_change_permission": "request", "account_id": 1, "proxiable?": true, "backend_authentication_type": "service_token", "backend_authentication_value": "477d277e625d9f1f338ec27be2f06e6201a1ea22882025df0b8f72f2b27afc92", "proxy": {"id": 1, "service_id": 1, "api_backend": "http://localhost:8000/echo", "api_test_path": "/", "hostname_rewrite": "", "secret_token": "Shared_secret_sent_from_proxy_to_API_backend_8dff116f387cd28d", "credentials_location": "query", "auth_user_key": "key", "auth_app_id": "app_id", "auth_app_key": "app_key", "error_auth_failed": "Authentication failed", "error_status_auth_failed": 403, "error_headers_auth_failed": "text/plain; charset=us-ascii", "error_auth_missing": "Authentication parameters missing", "error_status_auth_missing": 403, "error_headers_auth_missing": "text/plain; charset=us-ascii", "error_no_match": "No Mapping Rule matched", "error_status_no_match": 404, "error_headers_no_match": "text/plain; charset=us-ascii", "error_limits_exceeded": "Usage limit exceeded", "error_status_limits_exceeded": 429, "error_headers_limits_exceeded": "text/plain; charset=us-ascii", "endpoint": "http://localhost:8000/gateway/production/api", "sandbox_endpoint": "http://localhost:8000/gateway/staging/api", "endpoint_port": 8000, "hosts": ["api-acme.localhost", "api-acme.staging.localhost"], "backend": {"endpoint": "http://localhost:8000", "host": "localhost:8000"}, "authentication_method": "1", "service_backend_version": "1", "valid?": true, "policy_chain": [{"name": "headers", "version": "builtin", "configuration": {"request": [{"op": "set", "header": "Authorization", "value_type": "plain", "value": "Bearer secret-of-a-chain-0123456789"}]}}, {"name": "apicast", "version": "builtin", "configuration": {}}], "proxy_rules": [{"id": 1, "proxy_id": 1, "http_method": "GET", "pattern": "/", "metric_id": 1, "metric_system_name": "hits", "delta": 1, "position": 1, "last": false, "redirect_url": null, "owner_id": 1, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}]}}','system','2026-11-25 21:46:59.865204');
CREATE TABLE response_code_totals (
	application_id INTEGER NOT NULL, 
	code INTEGER NOT NULL, 
	period VARCHAR NOT NULL, 
	window_start DATETIME NOT NULL, 
	service_id INTEGER NOT NULL, 
	value BIGINT NOT NULL, 
	PRIMARY KEY (application_id, code, period, window_start)
);
INSERT INTO "response_code_totals" VALUES(9,404,'day','2026-11-20 00:00:00.000000',3,7);
CREATE TABLE service_contracts (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	service_id INTEGER NOT NULL, 
	service_plan_id INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(account_id) REFERENCES accounts (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(service_id) REFERENCES services (id), 
	FOREIGN KEY(service_plan_id) REFERENCES service_plans (id), 
	UNIQUE (account_id, service_id)
);
INSERT INTO "service_contracts" VALUES(1,1,1,1,1,'live','2026-11-25 17:43:06.290393');
INSERT INTO "service_contracts" VALUES(2,2,2,2,2,'live','2026-11-25 17:43:06.319519');
INSERT INTO "service_contracts" VALUES(3,1,3,1,1,'live','2026-11-25 17:43:06.398898');
INSERT INTO "service_contracts" VALUES(4,1,3,3,3,'live','2026-11-25 17:43:06.398960');
INSERT INTO "service_contracts" VALUES(5,1,4,1,1,'live','2026-11-25 17:43:06.403974');
INSERT INTO "service_contracts" VALUES(6,1,4,3,3,'live','2026-11-25 17:43:06.404030');
INSERT INTO "service_contracts" VALUES(7,1,5,1,1,'live','2026-11-25 17:43:06.409113');
INSERT INTO "service_contracts" VALUES(8,1,5,3,3,'live','2026-11-25 17:43:06.409169');
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
	FOREIGN KEY(service_id) REFERENCES services (id), 
	UNIQUE (service_id, system_name)
);
INSERT INTO "service_plans" VALUES(1,1,1,'Default','default','published',1,0,'2026-11-25 17:43:06.263145','2026-11-25 17:43:06.263152','',0,0,0,1);
INSERT INTO "service_plans" VALUES(2,2,2,'Default','default','published',1,0,'2026-11-25 17:43:06.307812','2026-11-25 17:43:06.307819','',0,0,0,1);
INSERT INTO "service_plans" VALUES(3,1,3,'Basic','basic','published',1,0,'2026-11-25 17:43:06.371738','2026-11-25 17:43:06.391195','',0,0,0,1);
CREATE TABLE services (
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
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	UNIQUE (provider_id, system_name)
);
INSERT INTO "services" VALUES(1,1,'API','api','Your first API.','','published',0,'1','hosted',X'E12CBB336B65CFA34A5668624079EBB654991A564465AE296D7AF3DF0EE01ECD',X'8E05C2EAF07A77EBC7DDAC4821CAD8B79ECCFC3E327E7F9E7F3C5D69F0A0E407719FD2BBB626696B0485C3295AEA31D20BB30A90C97085C04EF4A3B1C4C95575F9B4CF56BFB237FBC2EA03B7ED3A2DD2C7E848EF437BE7227315D519',1,1,1,1,1,0,0,0,'request','2026-11-25 17:43:06.259994','2026-11-25 17:43:06.348908');
INSERT INTO "services" VALUES(2,2,'API','api','Your first API.','','published',1,'1','hosted',X'FF4F0D90E683ED8B6BE5ED648790055069D1AD3A52E363FC982328EAC7C561CC',X'31BF3E843920D5E8F11BE8555B62143F923535A5C8ECAA8777C87DD60BA0D746027313022751E3AB314D3AA3E2840442BC1EE859A17B5C414705681132EC2EF42F18DC6C63747B5C3F189CDF3F60F217801B52C4EFCD209A5F2ABD90',1,1,1,1,1,0,0,0,'request','2026-11-25 17:43:06.306750','2026-11-25 17:43:06.306760');
INSERT INTO "services" VALUES(3,1,'Pet Store','petstore','','','published',1,'1','hosted',X'0A07F0938979411E03793CA3C26243A0B41B2C142306105328689D020B251C87',X'CBAE2F76F7F1C6CF038425155AB97C0846F44ABCDDB6AB5F06201FAA339D4A77DEC1DD02753FAB6C66E605C92DCD5BB087DAED9F07A30DF63650B4C829DCDFFE29E33033159B8F82BB4A02ADE1F06449F15411AC664138BAD3374D68',1,1,1,1,1,0,0,0,'request','2026-11-25 17:43:06.342500','2026-11-25 17:43:06.348910');
CREATE TABLE settings (
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
	PRIMARY KEY (provider_id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id)
);
INSERT INTO "settings" VALUES(1,1,1,0,0,'request','request',1,1,'2026-11-25 17:43:06.419684');
INSERT INTO "settings" VALUES(2,1,1,0,0,'request','request',0,1,'2026-11-25 17:43:06.304630');
CREATE TABLE templates (
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
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	UNIQUE (provider_id, kind, name)
);
INSERT INTO "templates" VALUES(1,1,'page','/docs','Docs','Hello
{{ x }}','','main_layout','','2026-11-25 17:43:06.374257','2026-11-25 17:43:06.374267');
INSERT INTO "templates" VALUES(2,1,'partial','a.b/c','','A
',NULL,'main_layout','','2026-11-25 17:43:06.375906','2026-11-25 17:43:06.375915');
CREATE TABLE usage_batches (
	id VARCHAR NOT NULL, 
	folded_at DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "usage_batches" VALUES('batch-1','2026-11-25 17:43:06.430399');
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
INSERT INTO "usage_limits" VALUES(1,1,5,3,'minute',5,'2026-11-25 17:43:06.365645','2026-11-25 17:43:06.365655');
INSERT INTO "usage_limits" VALUES(2,1,5,5,'day',1,'2026-11-25 17:43:06.367437','2026-11-25 17:43:06.367446');
INSERT INTO "usage_limits" VALUES(3,1,8,3,'minute',5,'2026-11-25 17:43:06.393282','2026-11-25 17:43:06.393292');
INSERT INTO "usage_limits" VALUES(4,1,8,5,'day',1,'2026-11-25 17:43:06.393365','2026-11-25 17:43:06.393372');
CREATE TABLE usage_totals (
	application_id INTEGER NOT NULL, 
	metric_id INTEGER NOT NULL, 
	period VARCHAR NOT NULL, 
	window_start DATETIME NOT NULL, 
	service_id INTEGER NOT NULL, 
	value BIGINT NOT NULL, 
	PRIMARY KEY (application_id, metric_id, period, window_start)
);
INSERT INTO "usage_totals" VALUES(9,3,'day','2026-11-01 00:00:00.000000',3,1099511627776);
INSERT INTO "usage_totals" VALUES(9,3,'month','2026-11-01 00:00:00.000000',3,1099511627776);
INSERT INTO "usage_totals" VALUES(9,3,'eternity','2026-11-01 00:00:00.000000',3,1099511627776);
CREATE TABLE user_sessions (
	id INTEGER NOT NULL, 
	provider_id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	digest VARCHAR NOT NULL, 
	csrf_token VARCHAR NOT NULL, 
	expires_at DATETIME, 
	last_seen_at DATETIME NOT NULL, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(user_id) REFERENCES users (id), 
	UNIQUE (digest)
);
INSERT INTO "user_sessions" VALUES(1,1,1,'beb6f3832af8271ecdcbed7fcbe1f36f684d1ca6645247d61e897609742d0ce4f0f323b297328f919ec098d04edee79c','3794fdae1c60f35307b6c3a6aaf82658','2026-12-09 17:43:06.422026','2026-11-25 17:43:06.422081','2026-11-25 17:43:06.422091');
INSERT INTO "user_sessions" VALUES(2,1,5,'6208fd9f9af283e74977e5db741424ec5d4571447d64eaab272dde6800a93992a906648b45e2e4d35fc7a9c9380625b7','e278ea1b91f8fd6f8ba92a7c8057f10d','2026-12-09 17:43:06.426939','2026-11-25 17:43:06.426982','2026-11-25 17:43:06.426991');
CREATE TABLE users (
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
	PRIMARY KEY (id), 
	FOREIGN KEY(account_id) REFERENCES accounts (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	UNIQUE (provider_id, audience, username)
);
INSERT INTO "users" VALUES(1,1,NULL,'provider','admin','admin@acme.example','$argon2id$v=19$m=8,t=1,p=1$1QND7T17AwtclKzbxFXmiA$0xa/U1zw2SG9cqKR/uGeV4s2pjcSOHmBSmRC8hbWj70','admin','active','','','{}','2026-11-25 17:43:06.252317','2026-11-25 17:43:06.420992');
INSERT INTO "users" VALUES(2,1,1,'developer','john','admin+test@acme.example','$argon2id$v=19$m=8,t=1,p=1$CCUJTLoOo37Iuwr1D0F50Q$+5cR7r1zeViDZxvV7CuiAVmtLCpU5sCdoJq8uuDeZdk','admin','active','John','Doe','{}','2026-11-25 17:43:06.289367','2026-11-25 17:43:06.293746');
INSERT INTO "users" VALUES(3,2,NULL,'provider','admin','admin@globex.example','$argon2id$v=19$m=8,t=1,p=1$GorPUvuwSKpknuW24+Nz/Q$I6c1H4sxf1bzM1Pf03qTVqbmNiJyL/YTPJREpOv5zbc','admin','active','','','{}','2026-11-25 17:43:06.304933','2026-11-25 17:43:06.304942');
INSERT INTO "users" VALUES(4,2,2,'developer','john','admin+test@globex.example','$argon2id$v=19$m=8,t=1,p=1$4EJQY93fuBRaCfW3/g7/ug$rXnwUGf7ggxJrkxWDWjoesdo/uRB3gruueJinl43uGM','admin','active','John','Doe','{}','2026-11-25 17:43:06.318618','2026-11-25 17:43:06.320689');
INSERT INTO "users" VALUES(5,1,3,'developer','keeper','keeper@zoo.example','$argon2id$v=19$m=8,t=1,p=1$6iQ3ShhtXeynTvHzDCpARw$6YkwKdO3QSDs34dKDbHgJRg4uHrPM5xkvKA/z9dqN1A','admin','active','','','{}','2026-11-25 17:43:06.397872','2026-11-25 17:43:06.401109');
INSERT INTO "users" VALUES(6,1,4,'developer','clown','clown@circus.example','$argon2id$v=19$m=8,t=1,p=1$v2hrEEkEM+SoZWm6cLFEPg$Zg2q5PMq8lkhdBnmOddSmhQlBRj8lRDPkLKuXInNOD4','admin','pending','','','{}','2026-11-25 17:43:06.403065','2026-11-25 17:43:06.403074');
INSERT INTO "users" VALUES(7,1,5,'developer','farmer','','','admin','pending','','','{}','2026-11-25 17:43:06.408177','2026-11-25 17:43:06.408187');
CREATE INDEX ix_usage_totals_service ON usage_totals (service_id, metric_id, period, window_start);
CREATE INDEX ix_services_provider_id_id ON services (provider_id, id);
CREATE INDEX ix_accounts_provider_id_id ON accounts (provider_id, id);
CREATE INDEX ix_features_service_id ON features (service_id);
CREATE INDEX ix_mails_event_id ON mails (event_id);
CREATE INDEX ix_mails_provider_id ON mails (provider_id);
CREATE INDEX ix_metrics_service_id ON metrics (service_id);
CREATE INDEX ix_proxy_configs_current ON proxy_configs (service_id, environment, id);
CREATE INDEX ix_applications_account_id ON applications (account_id);
CREATE INDEX ix_applications_plan_id ON applications (plan_id);
CREATE INDEX ix_applications_provider_id_id ON applications (provider_id, id);
CREATE INDEX ix_mapping_rules_metric_id ON mapping_rules (metric_id);
CREATE INDEX ix_mapping_rules_service_id ON mapping_rules (service_id);
CREATE INDEX ix_service_contracts_account_id ON service_contracts (account_id);
CREATE INDEX ix_service_contracts_service_id ON service_contracts (service_id);
CREATE INDEX ix_usage_limits_metric_id ON usage_limits (metric_id);
CREATE INDEX ix_usage_limits_plan_id ON usage_limits (plan_id);
CREATE UNIQUE INDEX ux_users_email ON users (provider_id, audience, email) WHERE email <> '';
CREATE INDEX ix_users_account_id ON users (account_id);
CREATE INDEX ix_access_tokens_provider_id ON access_tokens (provider_id);
CREATE INDEX ix_access_tokens_user_id ON access_tokens (user_id);
CREATE INDEX ix_application_keys_application_id ON application_keys (application_id);
CREATE INDEX ix_one_time_tokens_user_id ON one_time_tokens (user_id);
CREATE INDEX ix_user_sessions_user_id ON user_sessions (user_id);
CREATE INDEX ix_response_code_totals_service ON response_code_totals (service_id, period, window_start);
CREATE INDEX ix_api_docs_services_provider_id_id ON api_docs_services (provider_id, id);
CREATE INDEX ix_api_docs_services_service_id ON api_docs_services (service_id);
CREATE INDEX ix_events_undelivered ON events (delivered_at, id);
CREATE INDEX ix_events_provider_id_id ON events (provider_id, id);
CREATE INDEX ix_account_plans_provider_id ON account_plans (provider_id);
CREATE INDEX ix_service_plans_service_id ON service_plans (service_id);
CREATE INDEX ix_application_plans_service_id ON application_plans (service_id);
COMMIT;
