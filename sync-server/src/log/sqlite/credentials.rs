//! Invitations, sign-in links and sessions in SQLite.

use kept_core::model::ids::{InstallationId, OrganisationId, PersonId};
use rusqlite::{Row, params};

use super::SqliteTransaction;
use super::values::{blob, cbor, instant, optional, record};
use crate::log::{CredentialStore, InvitationRecord, Redemption, Result, Session, SignInLink};

impl CredentialStore for SqliteTransaction<'_> {
    fn put_invitation(
        &self,
        organisation: OrganisationId,
        invitation: &InvitationRecord,
    ) -> Result<()> {
        let redeemed = invitation.redeemed.as_ref();
        let device = redeemed
            .map(|redeemed| cbor(&redeemed.device))
            .transpose()?;
        self.execute(
            "
            INSERT INTO invite
                (organisation, invite, secret_hash, person, expires, used_at, installation, proof_hash, device)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            ON CONFLICT (organisation, invite) DO UPDATE
            SET secret_hash = ?3, person = ?4, expires = ?5, used_at = ?6,
                installation = ?7, proof_hash = ?8, device = ?9
            ",
            params![
                organisation,
                &invitation.id[..],
                &invitation.secret_hash[..],
                invitation.person,
                invitation.expires,
                invitation.used_at.unwrap_or(0),
                blob(redeemed.map(|redeemed| redeemed.device.id.0)),
                blob(redeemed.and_then(|redeemed| redeemed.proof_hash)),
                device.unwrap_or_default(),
            ],
        )?;
        Ok(())
    }

    fn invitation(&self, id: [u8; 8]) -> Result<Option<(OrganisationId, InvitationRecord)>> {
        self.first(
            "
            SELECT organisation, invite, secret_hash, person, expires, used_at, proof_hash, device
            FROM invite
            WHERE invite = ?1
            ",
            params![&id[..]],
            invitation,
        )
    }

    fn redeemed(
        &self,
        installation: InstallationId,
    ) -> Result<Option<(OrganisationId, InvitationRecord)>> {
        // The condition that names no installation is the index's own.
        self.first(
            "
            SELECT organisation, invite, secret_hash, person, expires, used_at, proof_hash, device
            FROM invite
            WHERE installation = ?1 AND installation <> x''
            ",
            params![installation],
            invitation,
        )
    }

    fn put_sign_in(&self, organisation: OrganisationId, sign_in: &SignInLink) -> Result<()> {
        self.execute(
            "
            INSERT INTO sign_in (organisation, secret_hash, person, expires, used_at)
            VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (organisation, secret_hash) DO UPDATE
            SET person = ?3, expires = ?4, used_at = ?5
            ",
            params![
                organisation,
                &sign_in.secret_hash[..],
                sign_in.person,
                sign_in.expires,
                sign_in.used_at.unwrap_or(0),
            ],
        )?;
        Ok(())
    }

    fn sign_in(&self, secret_hash: [u8; 32]) -> Result<Option<(OrganisationId, SignInLink)>> {
        self.first(
            "
            SELECT organisation, secret_hash, person, expires, used_at
            FROM sign_in
            WHERE secret_hash = ?1
            ",
            params![&secret_hash[..]],
            sign_in,
        )
    }

    fn remove_sign_ins_of(&self, organisation: OrganisationId, person: PersonId) -> Result<()> {
        self.execute(
            "
            DELETE FROM sign_in
            WHERE organisation = ?1 AND person = ?2
            ",
            params![organisation, person],
        )?;
        Ok(())
    }

    fn put_session(&self, organisation: OrganisationId, session: &Session) -> Result<()> {
        self.execute(
            "
            INSERT INTO session (organisation, secret_hash, person, expires, since, used, address, browser)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            ON CONFLICT (organisation, secret_hash) DO UPDATE
            SET person = ?3, expires = ?4, since = ?5, used = ?6, address = ?7, browser = ?8
            ",
            params![
                organisation,
                &session.secret_hash[..],
                session.person,
                session.expires,
                session.since,
                session.used,
                session.address,
                session.browser,
            ],
        )?;
        Ok(())
    }

    fn session(&self, secret_hash: [u8; 32]) -> Result<Option<(OrganisationId, Session)>> {
        self.first(
            "
            SELECT organisation, secret_hash, person, expires, since, used, address, browser
            FROM session
            WHERE secret_hash = ?1
            ",
            params![&secret_hash[..]],
            |row| Ok((row.get(0)?, session(row)?)),
        )
    }

    fn sessions(&self, organisation: OrganisationId) -> Result<Vec<Session>> {
        self.all(
            "
            SELECT organisation, secret_hash, person, expires, since, used, address, browser
            FROM session
            WHERE organisation = ?1
            ORDER BY since DESC, secret_hash
            ",
            params![organisation],
            session,
        )
    }

    fn remove_session(&self, secret_hash: [u8; 32]) -> Result<()> {
        self.execute(
            "
            DELETE FROM session
            WHERE secret_hash = ?1
            ",
            params![&secret_hash[..]],
        )?;
        Ok(())
    }
}

fn session(row: &Row<'_>) -> rusqlite::Result<Session> {
    Ok(Session {
        secret_hash: row.get(1)?,
        person: row.get(2)?,
        expires: row.get(3)?,
        since: row.get(4)?,
        used: row.get(5)?,
        address: row.get(6)?,
        browser: row.get(7)?,
    })
}

fn invitation(row: &Row<'_>) -> rusqlite::Result<(OrganisationId, InvitationRecord)> {
    let redeemed = match row.get_ref(7)?.as_blob()?.is_empty() {
        true => None,
        false => Some(Redemption {
            proof_hash: optional(row, 6)?,
            device: record(row, 7)?,
        }),
    };
    let invitation = InvitationRecord {
        id: row.get(1)?,
        secret_hash: row.get(2)?,
        person: row.get(3)?,
        expires: row.get(4)?,
        used_at: instant(row, 5)?,
        redeemed,
    };
    Ok((row.get(0)?, invitation))
}

fn sign_in(row: &Row<'_>) -> rusqlite::Result<(OrganisationId, SignInLink)> {
    let sign_in = SignInLink {
        secret_hash: row.get(1)?,
        person: row.get(2)?,
        expires: row.get(3)?,
        used_at: instant(row, 4)?,
    };
    Ok((row.get(0)?, sign_in))
}
