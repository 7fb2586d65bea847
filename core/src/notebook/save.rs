//! Writing: drafts and edits are checked, become typed edits with ids, and are on disk when a call returns.

use crate::document::{TERMS_OF_THIS_GROUP, WriteContext};
use crate::environment::{new_uuid, random_bytes};
use crate::language::Message;
use crate::limits;
use crate::model::account::{AccountDraft, AccountEdit, ContactDraft, ContactPointDraft};
use crate::model::colleague_profile::Company;
use crate::model::edit::{Edit, Operation};
use crate::model::event::{EventBody, Made, Performer};
use crate::model::ids::{Actor, DocId, EventId, GroupId, ItemId, PersonId};
use crate::model::lead_time::LeadTime;
use crate::model::placement::DocumentKind;
use crate::model::promise::PromiseRecord;
use crate::model::time::Millis;
use crate::model::visit::{NameSnapshot, UsageDraft, UsageEdit, VisitDraft, VisitEdit};
use crate::notebook::Notebook;
use crate::notebook::entries::records::{LoggedVisit, VisitEntry};
use crate::notebook::errors::{
    ApiResult, KeptError, check_max_chars, has_visible_char, non_empty_name, with_field,
};
use crate::notebook::handbook::offered_kind;
use crate::notebook::long_texts::split_long_texts;
use crate::notebook::promises::checks::PromiseChecks;
use crate::notebook::promises::event_builder::EventBuilder;
use crate::notebook::promises::records::{PromiseDraft, PromiseEdit};
use crate::notebook::record::lead_time_fit::account_of;
use crate::notebook::typed_time::device_zone;
use crate::store::meta::{self, Identity};
use crate::store::{Store, StoreError, company, group_writer, queries, set_aside};
use crate::wire::Group;

/// A group that was built and not saved: the office hands it to the log.
pub struct PreparedGroup {
    /// The group, as it travels.
    pub group: Group,
    /// The documents that it is about.
    pub docs: Vec<DocId>,
}

/// The origin of a new promise, beside its draft.
#[derive(Clone, Debug, Default)]
pub(in crate::notebook) struct PromiseOrigin {
    /// The visit during which it was promised; none if it was at none.
    pub visit: Option<DocId>,
    /// The names of customer and contact as they were, where the customer is not here.
    pub labels: NameSnapshot,
    /// The promise that it writes again; none if it writes none again.
    pub predecessor: Option<DocId>,
}

#[uniffi::export]
impl Notebook {
    /// Creates a customer. Returns the account's id.
    pub fn create_account(&self, draft: AccountDraft) -> ApiResult<DocId> {
        let doc = self.new_doc();
        let draft = self.checked_account(draft)?;
        let operation = Operation::CreateAccount(draft);
        self.save(|_| Ok((vec![Edit { doc, operation }], doc)))
    }

    /// Changes a customer. One call is one entry in its history.
    pub fn edit_account(&self, id: DocId, edits: Vec<AccountEdit>) -> ApiResult<()> {
        self.save(|store| Ok((vec![self.account_edit(store, id, edits)?], ())))
    }

    /// Logs a visit, and with it the usages and promises of the draft: all of it or nothing.
    pub fn log_visit(&self, draft: VisitEntry) -> ApiResult<LoggedVisit> {
        self.save(|store| {
            let visit = self.new_doc();
            let happened = draft
                .visit
                .happened_at
                .unwrap_or_else(|| self.environment().wall_ms());
            self.check_not_future(store, "happened_at", happened)?;
            let mut edits = vec![Edit {
                doc: visit,
                operation: Operation::CreateVisit(checked_visit(store, draft.visit.clone())?),
            }];
            let mut logged = LoggedVisit {
                visit,
                usages: vec![],
                promises: vec![],
                clock_warning: self.clock_warning_in(store)?,
            };
            for mut usage in draft.usages {
                usage.visit = Some(visit);
                usage.account = usage.account.or(draft.visit.account);
                let doc = self.new_doc();
                edits.push(Edit {
                    doc,
                    operation: Operation::CreateUsage(checked_usage(store, usage)?),
                });
                logged.usages.push(doc);
            }
            for mut promise in draft.promises {
                let identity = joined_identity(store)?;
                promise.account = promise.account.or(draft.visit.account);
                let doc = self.new_doc();
                let source = PromiseOrigin {
                    visit: Some(visit),
                    ..PromiseOrigin::default()
                };
                let bodies = self.events_of_draft(store, promise, source, &identity)?;
                edits.push(Edit {
                    doc,
                    operation: Operation::CreatePromise(bodies),
                });
                logged.promises.push(doc);
            }
            Ok((edits, logged))
        })
    }

    /// Changes a visit.
    pub fn edit_visit(&self, id: DocId, edits: Vec<VisitEdit>) -> ApiResult<()> {
        for edit in &edits {
            match edit {
                VisitEdit::Said { text, .. } | VisitEdit::Means { text } => {
                    check_max_chars("text", text, limits::TEXT_CHARS)?
                }
                VisitEdit::Help { text } => check_max_chars("help", text, limits::VALUE_CHARS)?,
                VisitEdit::SettleSentence { .. } => {}
                VisitEdit::AddMark { mark } | VisitEdit::RemoveMark { mark } => {
                    drop(non_empty_name("mark", mark)?)
                }
            }
        }
        self.save(|store| {
            require_kind(store, id, DocumentKind::Visit, "thing-visit")?;
            let operation = Operation::EditVisit(edits);
            Ok((vec![Edit { doc: id, operation }], ()))
        })
    }

    /// Writes down observed usage, or a need. Returns the usage's id. Refused if it has neither words nor a photo.
    pub fn log_usage(&self, draft: UsageDraft) -> ApiResult<DocId> {
        let doc = self.new_doc();
        self.save(|store| {
            let operation = Operation::CreateUsage(checked_usage(store, draft)?);
            Ok((vec![Edit { doc, operation }], doc))
        })
    }

    /// Changes observed usage.
    pub fn edit_usage(&self, id: DocId, edits: Vec<UsageEdit>) -> ApiResult<()> {
        for edit in &edits {
            match edit {
                UsageEdit::Notes { text, .. } => {
                    check_max_chars("notes", text, limits::TEXT_CHARS)?
                }
                UsageEdit::SettleSentence { .. } => {}
                UsageEdit::Pain { pain } => check_pain(*pain)?,
                UsageEdit::AddTheme { theme } | UsageEdit::RemoveTheme { theme } => {
                    drop(non_empty_name("theme", theme)?)
                }
            }
        }
        self.save(|store| {
            require_kind(store, id, DocumentKind::Usage, "thing-usage")?;
            let operation = Operation::EditUsage(edits);
            Ok((vec![Edit { doc: id, operation }], ()))
        })
    }

    /// Makes a promise. Returns its id. `NeedsJoin` before `join`, for there must be a person who can keep it.
    pub fn make_promise(&self, draft: PromiseDraft) -> ApiResult<DocId> {
        let doc = self.new_doc();
        self.save(|store| {
            let identity = joined_identity(store)?;
            let source = PromiseOrigin::default();
            let operation =
                Operation::CreatePromise(self.events_of_draft(store, draft, source, &identity)?);
            Ok((vec![Edit { doc, operation }], doc))
        })
    }

    /// Writes events of a promise. One call is one entry in its history. An event that its author may not write is
    /// refused.
    pub fn change_promise(&self, id: DocId, edits: Vec<PromiseEdit>) -> ApiResult<()> {
        self.write_events(id, edits, None)
    }

    /// Writes events of a promise for a person who phoned in, for office and owner: that person accepts, declines,
    /// offers another date, begins or has done it.
    pub fn change_promise_for(
        &self,
        id: DocId,
        person: PersonId,
        edits: Vec<PromiseEdit>,
    ) -> ApiResult<()> {
        self.write_events(id, edits, Some(person))
    }
}

impl Notebook {
    fn write_events(
        &self,
        id: DocId,
        edits: Vec<PromiseEdit>,
        for_person: Option<PersonId>,
    ) -> ApiResult<()> {
        self.save(|store| {
            let identity = joined_identity(store)?;
            let operation = self.promise_operation(store, id, edits, &identity, for_person)?;
            Ok((vec![Edit { doc: id, operation }], ()))
        })
    }

    /// Returns the deed that edits of a promise stand for, written by `identity`, for the person for whom they are
    /// written.
    pub(in crate::notebook) fn promise_operation(
        &self,
        store: &Store,
        id: DocId,
        edits: Vec<PromiseEdit>,
        identity: &Identity,
        for_person: Option<PersonId>,
    ) -> ApiResult<Operation> {
        let registry = crate::store::registry::load(store.read())?;
        let now = meta::now(store.read(), self.environment.as_ref())?;
        let checks = PromiseChecks {
            company: &company_of(store)?,
            registry: &registry,
            identity,
            now: &now,
        };
        let edits = edits.into_iter().map(|edit| checks.edit(edit));
        let happening = EventBuilder {
            record: &promise_record(store, id)?,
            registry: &registry,
            now: &now,
            identity,
            for_person,
        };
        let new_id = || EventId(new_uuid(self.environment.as_ref()));
        let bodies = happening.events(edits.collect::<ApiResult<_>>()?, &new_id)?;
        Ok(Operation::AppendEvents(bodies))
    }

    /// Returns the edit of a customer that edits of a screen stand for.
    pub(in crate::notebook) fn account_edit(
        &self,
        store: &Store,
        id: DocId,
        edits: Vec<AccountEdit>,
    ) -> ApiResult<Edit> {
        require_kind(store, id, DocumentKind::Account, "thing-account")?;
        let edits = edits
            .into_iter()
            .map(|edit| self.checked_account_edit(store, edit));
        Ok(Edit {
            doc: id,
            operation: Operation::EditAccount(edits.collect::<ApiResult<_>>()?),
        })
    }

    pub(in crate::notebook) fn new_doc(&self) -> DocId {
        DocId(new_uuid(self.environment.as_ref()))
    }

    /// Builds edits and saves them while nothing else can be taken or written: they are checked against the same state
    /// that they are written upon.
    pub(in crate::notebook) fn save<T>(
        &self,
        build: impl FnOnce(&Store) -> ApiResult<(Vec<Edit>, T)>,
    ) -> ApiResult<T> {
        let (docs, built) = self.write(|store| {
            let (edits, built) = build(store)?;
            Ok((self.save_in(store, edits)?, built))
        })?;
        self.changed(docs);
        Ok(built)
    }

    /// Saves edits in one transaction: one group, or several where a text is too long for one.
    pub(in crate::notebook) fn save_in(
        &self,
        store: &mut Store,
        edits: Vec<Edit>,
    ) -> ApiResult<Vec<DocId>> {
        device_zone(self.environment.as_ref())?;
        let time = meta::now(store.read(), self.environment.as_ref())?;
        let new_id = || new_uuid(self.environment.as_ref());
        Ok(store.write(|tx| {
            meta::remember_write(tx, &time)?;
            let mut identity = meta::identity(tx)?;
            for edit in &edits {
                if set_aside::has_change_of_actor(tx, edit.doc, identity.actor)? {
                    identity =
                        meta::replace_actor(tx, Actor(random_bytes(self.environment.as_ref())))?;
                }
            }
            let write_context = WriteContext {
                actor: identity.actor,
                device: identity.installation,
                time,
                on_behalf: None,
                new_id: &new_id,
            };
            let mut docs = Vec::new();
            for group in split_long_texts(tx, edits, &new_id)? {
                docs.extend(group_writer::write_group(
                    tx,
                    &group,
                    &write_context,
                    GroupId(new_id()),
                    identity.team.as_ref(),
                )?);
            }
            Ok::<_, StoreError>(docs)
        })?)
    }

    fn check_not_future(&self, store: &Store, field: &str, at: Millis) -> ApiResult<()> {
        let now = meta::now(store.read(), self.environment.as_ref())?;
        if at
            > now
                .instant(None)
                .max(now.wall_ms)
                .saturating_add(limits::FUTURE_MS)
        {
            return Err(KeptError::invalid(
                field,
                Message::new("error-in-the-future"),
            ));
        }
        Ok(())
    }

    pub(in crate::notebook) fn checked_account(
        &self,
        mut draft: AccountDraft,
    ) -> ApiResult<AccountDraft> {
        draft.name = non_empty_name("name", &draft.name)?;
        for (field, text) in [
            ("notes", &draft.notes),
            ("uses", &draft.uses),
            ("must_not_fail", &draft.must_not_fail),
        ] {
            check_max_chars(field, text, limits::TEXT_CHARS)?;
        }
        for (field, length) in [
            ("tags", draft.tags.len()),
            ("reaches", draft.contact_points.len()),
            ("contacts", draft.contacts.len()),
            ("sites", draft.sites.len()),
            ("assets", draft.assets.len()),
        ] {
            check_max_entries(field, length)?;
        }
        for tag in &mut draft.tags {
            *tag = non_empty_name("tag", tag)?;
        }
        for contact_point in &mut draft.contact_points {
            check_reach(contact_point)?;
            contact_point.id.get_or_insert_with(|| self.new_item());
        }
        for contact in &mut draft.contacts {
            checked_contact(contact)?;
            contact.id.get_or_insert_with(|| self.new_item());
        }
        check_personal(&draft.birthday, &draft.title, &draft.also_called)?;
        for site in &mut draft.sites {
            check_max_chars("site", &site.label, limits::NAME_CHARS)?;
            check_max_chars("address", &site.address, limits::VALUE_CHARS)?;
            site.id.get_or_insert_with(|| self.new_item());
        }
        for asset in &mut draft.assets {
            asset.label = non_empty_name("asset", &asset.label)?;
            check_max_chars("serial", &asset.serial, limits::NAME_CHARS)?;
            asset.id.get_or_insert_with(|| self.new_item());
        }
        Ok(draft)
    }

    fn checked_account_edit(&self, store: &Store, edit: AccountEdit) -> ApiResult<AccountEdit> {
        Ok(match edit {
            AccountEdit::Name { name } => AccountEdit::Name {
                name: non_empty_name("name", &name)?,
            },
            AccountEdit::AddTag { tag } => AccountEdit::AddTag {
                tag: non_empty_name("tag", &tag)?,
            },
            AccountEdit::Notes { text, was } => AccountEdit::Notes {
                text: text_within_limit("notes", text)?,
                was,
            },
            AccountEdit::Uses { text } => AccountEdit::Uses {
                text: text_within_limit("uses", text)?,
            },
            AccountEdit::MustNotFail { text } => AccountEdit::MustNotFail {
                text: text_within_limit("must_not_fail", text)?,
            },
            AccountEdit::SetContactPoint { mut contact_point } => {
                check_reach(&contact_point)?;
                contact_point.id.get_or_insert_with(|| self.new_item());
                AccountEdit::SetContactPoint { contact_point }
            }
            AccountEdit::SetContact { mut contact } => {
                checked_contact(&mut contact)?;
                contact.id.get_or_insert_with(|| self.new_item());
                AccountEdit::SetContact { contact }
            }
            AccountEdit::SetSite { mut site } => {
                check_max_chars("site", &site.label, limits::NAME_CHARS)?;
                check_max_chars("address", &site.address, limits::VALUE_CHARS)?;
                site.id.get_or_insert_with(|| self.new_item());
                AccountEdit::SetSite { site }
            }
            AccountEdit::SetAsset { mut asset } => {
                asset.label = non_empty_name("asset", &asset.label)?;
                check_max_chars("serial", &asset.serial, limits::NAME_CHARS)?;
                asset.id.get_or_insert_with(|| self.new_item());
                AccountEdit::SetAsset { asset }
            }
            AccountEdit::RequiredLeadTime { kind, within } => AccountEdit::RequiredLeadTime {
                kind: checked_need_kind(store, &kind)?,
                within: checked_lead_time(within)?,
            },
            AccountEdit::Birthday { ref birthday } => {
                check_personal(birthday, "", &[])?;
                edit
            }
            AccountEdit::Title { ref title } => {
                check_personal("", title, &[])?;
                edit
            }
            AccountEdit::AlsoCalled { ref names } => {
                check_personal("", "", names)?;
                edit
            }
            AccountEdit::AddSource { ref source } => {
                check_max_chars("source", source, limits::VALUE_CHARS)?;
                edit
            }
            edit => edit,
        })
    }

    pub(in crate::notebook) fn events_of_draft(
        &self,
        store: &Store,
        draft: PromiseDraft,
        source: PromiseOrigin,
        identity: &Identity,
    ) -> ApiResult<Vec<EventBody>> {
        let now = meta::now(store.read(), self.environment.as_ref())?;
        let company = company_of(store)?;
        let registry = crate::store::registry::load(store.read())?;
        let checks = PromiseChecks {
            company: &company,
            registry: &registry,
            identity,
            now: &now,
        };
        let kind = offered_kind(&company.handbook, &draft.kind)?;
        let deliverable = non_empty_name("deliverable", &draft.deliverable)?;
        check_max_chars("criterion", &draft.criterion, limits::VALUE_CHARS)?;
        check_max_chars("words", &draft.words, limits::NAME_CHARS)?;
        let due = checks.due(draft.due)?;
        checks.performer(&draft.performer)?;
        let source = match draft.makes_right {
            Some(broken) => self.origin_of_make_right(store, broken, source)?,
            None => source,
        };
        let made = Made {
            rules: kind.rules(),
            kind: kind.key,
            deliverable,
            criterion: draft.criterion,
            account: draft.account,
            contact: draft.contact,
            labels: copied_names(store, draft.account, draft.contact, source.labels)?,
            promiser: identity.person,
            performer: draft.performer.clone(),
            not_before: checks.not_before(draft.not_before, &due)?,
            due,
            words: draft.words,
            channel: draft.channel,
            visit: source.visit,
            predecessor: source.predecessor,
            makes_right: draft.makes_right,
            suggestion: checks.suggestion(draft.suggestion)?,
        };
        let mut bodies = vec![EventBody::Made(Box::new(made))];
        if draft.told {
            bodies.push(EventBody::Communicated {
                contact: draft.contact,
                channel: draft.channel,
            });
        }
        // A performer who promised it themselves has said yes already.
        if let (true, Performer::Person { person }) = (draft.ask, &draft.performer)
            && *person != identity.person
        {
            bodies.push(EventBody::Asked {
                person: *person,
                terms: TERMS_OF_THIS_GROUP,
            });
        }
        Ok(bodies)
    }

    fn new_item(&self) -> ItemId {
        ItemId(new_uuid(self.environment.as_ref()))
    }
}

fn require_kind(store: &Store, id: DocId, kind: DocumentKind, what: &str) -> ApiResult<()> {
    match queries::one(store.read(), id)? {
        Some(row) if row.kind == kind => Ok(()),
        _ => Err(KeptError::not_found(what, id)),
    }
}

/// Returns the key of a kind that the company offers; others are refused.
fn checked_need_kind(store: &Store, kind: &str) -> ApiResult<String> {
    let company = company::load(store.read())?;
    Ok(offered_kind(&company.handbook, kind)?.key)
}

fn checked_lead_time(needed: LeadTime) -> ApiResult<LeadTime> {
    let minutes = needed.minutes(24 * 60);
    if (1..=i64::from(limits::KIND_MINUTES)).contains(&minutes) {
        return Ok(needed);
    }
    Err(KeptError::invalid("needs", Message::new("error-need")))
}

fn checked_visit(store: &Store, mut draft: VisitDraft) -> ApiResult<VisitDraft> {
    for (field, text) in [("said", &draft.said), ("means", &draft.means)] {
        check_max_chars(field, text, limits::TEXT_CHARS)?;
    }
    check_max_chars("help", &draft.help, limits::VALUE_CHARS)?;
    check_max_entries("marks", draft.marks.len())?;
    check_max_entries("files", draft.files.len())?;
    for mark in &mut draft.marks {
        *mark = non_empty_name("mark", mark)?;
    }
    draft.labels = copied_names(store, draft.account, draft.contact, draft.labels)?;
    Ok(draft)
}

fn checked_usage(store: &Store, mut draft: UsageDraft) -> ApiResult<UsageDraft> {
    for (field, text) in [
        ("product", &draft.product),
        ("doing", &draft.doing),
        ("workaround", &draft.workaround),
        ("frequency", &draft.frequency),
        ("quantity", &draft.quantity),
        ("quote", &draft.quote),
    ] {
        check_max_chars(field, text, limits::VALUE_CHARS)?;
    }
    check_max_chars("notes", &draft.notes, limits::TEXT_CHARS)?;
    check_pain(draft.pain)?;
    check_max_entries("themes", draft.themes.len())?;
    check_max_entries("files", draft.files.len())?;
    for theme in &mut draft.themes {
        *theme = non_empty_name("theme", theme)?;
    }
    draft.labels = copied_names(store, draft.account, None, draft.labels)?;
    if is_empty_usage(&draft) {
        let words = Message::new("error-empty-observation");
        return Err(KeptError::invalid("doing", words));
    }
    Ok(draft)
}

/// Copies the names of account and contact, so that the entry can be read where they are not.
fn copied_names(
    store: &Store,
    account: Option<DocId>,
    contact: Option<ItemId>,
    given: NameSnapshot,
) -> ApiResult<NameSnapshot> {
    let Some(account) = account else {
        return Ok(given);
    };
    let Some(known) = account_of(store, account)? else {
        if given.account.is_empty() {
            return Err(KeptError::not_found("thing-account", account));
        }
        return Ok(given);
    };
    let contact = contact.and_then(|id| known.contacts.iter().find(|contact| contact.id == id));
    Ok(NameSnapshot {
        account: known.name,
        contact: contact.map_or(given.contact, |contact| contact.name.clone()),
        ..given
    })
}

/// Returns the identity of a notebook that belongs to a company; `NeedsJoin` before `join`.
pub(in crate::notebook) fn joined_identity(store: &Store) -> ApiResult<Identity> {
    let identity = meta::identity(store.read())?;
    if identity.server.is_none() {
        return Err(KeptError::NeedsJoin);
    }
    Ok(identity)
}

pub(in crate::notebook) fn promise_record(store: &Store, id: DocId) -> ApiResult<PromiseRecord> {
    let row = queries::one(store.read(), id)?.filter(|row| row.kind == DocumentKind::Promise);
    let row = row.ok_or_else(|| KeptError::not_found("thing-promise", id))?;
    Ok(row.promise()?)
}

/// Returns the company with what it agreed on, which is all that a promise is made under.
fn company_of(store: &Store) -> ApiResult<Company> {
    Ok(Company {
        handbook: company::handbook(store.read())?,
        ..Company::default()
    })
}

/// Refuses a number or address without a visible character: one that is to go is removed instead.
fn check_reach(contact_point: &ContactPointDraft) -> ApiResult<()> {
    if !has_visible_char(&contact_point.value) {
        let field = contact_point.kind.name();
        let words = Message::new("error-empty").text("field", field);
        return Err(KeptError::invalid(field, words));
    }
    check_max_chars("value", &contact_point.value, limits::VALUE_CHARS)?;
    check_max_chars("label", &contact_point.label, limits::NAME_CHARS)
}

/// True if an observation has neither words nor a photo. How much it hurts says nothing without them.
fn is_empty_usage(draft: &UsageDraft) -> bool {
    let texts = [
        &draft.product,
        &draft.doing,
        &draft.workaround,
        &draft.frequency,
        &draft.quantity,
        &draft.quote,
        &draft.notes,
    ];
    !texts.iter().any(|text| has_visible_char(text))
        && draft.themes.is_empty()
        && draft.files.is_empty()
}

fn checked_contact(contact: &mut ContactDraft) -> ApiResult<()> {
    contact.name = non_empty_name("contact", &contact.name)?;
    check_max_chars("role", &contact.role, limits::NAME_CHARS)?;
    check_personal(&contact.birthday, "", &contact.also_called)?;
    check_max_chars(
        "source",
        contact.source.as_deref().unwrap_or_default(),
        limits::VALUE_CHARS + limits::NAME_CHARS,
    )
}

/// Checks what is said of a person beside their name.
fn check_personal(birthday: &str, title: &str, also_called: &[String]) -> ApiResult<()> {
    check_max_chars("birthday", birthday, limits::NAME_CHARS)?;
    check_max_chars("title", title, limits::NAME_CHARS)?;
    check_max_entries("also_called", also_called.len())?;
    for name in also_called {
        non_empty_name("also_called", name)?;
    }
    Ok(())
}

fn check_pain(pain: u8) -> ApiResult<()> {
    if pain > 3 {
        return Err(KeptError::invalid("pain", Message::new("error-pain")));
    }
    Ok(())
}

fn check_max_entries(field: &str, length: usize) -> ApiResult<()> {
    if length > limits::LIST_ENTRIES {
        return Err(too_many(field, limits::LIST_ENTRIES));
    }
    Ok(())
}

pub(in crate::notebook) fn too_many(field: &str, limit: usize) -> KeptError {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    KeptError::invalid(
        field,
        with_field(Message::new("error-too-many"), field).number("limit", limit),
    )
}

fn text_within_limit(field: &str, text: String) -> ApiResult<String> {
    check_max_chars(field, &text, limits::TEXT_CHARS)?;
    Ok(text)
}
