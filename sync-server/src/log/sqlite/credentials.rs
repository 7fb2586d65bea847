//! Invitations, sign-in links and sessions in SQLite.

use kept_core::model::ids::{InstallationId, OrganisationId, PersonId};
use kept_core::model::time::Millis;
use rusqlite::{Row, params};

use super::SqliteTransaction;
use super::values::{blob, cbor, instant, optional, record};
use crate::log::{CredentialStore, InvitationRecord, Redemption, Result, Session, SignInLink};

impl CredentialStore for SqliteTransaction<'_> {
    fn insert_invite(&self, organisation: OrganisationId, invite: &InvitationRecord) -> Result<()> {
        self.execute(
            "
            INSERT INTO invite (organisation, invite, secret_hash, person, expires, used_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ",
            params![
                organisation,
                &invite.id[..],
                &invite.secret_hash[..],
                invite.person,
                invite.expires,
                invite.used_at.unwrap_or(0),
            ],
        )?;
        Ok(())
    }

    fn invite(&self, id: [u8; 8]) -> Result<Option<(OrganisationId, InvitationRecord)>> {
        self.first(
            "
            SELECT organisation, invite, secret_hash, person, expires, used_at, proof_hash, device
            FROM invite
            WHERE invite = ?1
            ",
            params![&id[..]],
            invite,
        )
    }

    fn redeem_invite(
        &self,
        organisation: OrganisationId,
        id: [u8; 8],
        redemption: &Redemption,
    ) -> Result<()> {
        self.execute(
            "
            UPDATE invite
            SET installation = ?3, proof_hash = ?4, device = ?5
            WHERE organisation = ?1 AND invite = ?2
            ",
            params![
                organisation,
                &id[..],
                redemption.device.id,
                blob(redemption.proof_hash),
                cbor(&redemption.device)?,
            ],
        )?;
        Ok(())
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
            invite,
        )
    }

    fn use_invite(&self, organisation: OrganisationId, id: [u8; 8], now: Millis) -> Result<()> {
        self.execute(
            "
            UPDATE invite
            SET used_at = ?3
            WHERE organisation = ?1 AND invite = ?2
            ",
            params![organisation, &id[..], now],
        )?;
        Ok(())
    }

    fn insert_sign_in(&self, organisation: OrganisationId, sign_in: &SignInLink) -> Result<()> {
        self.execute(
            "
            INSERT INTO sign_in (organisation, secret_hash, person, expires, used_at)
            VALUES (?1, ?2, ?3, ?4, ?5)
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

    fn use_sign_in(
        &self,
        organisation: OrganisationId,
        secret_hash: [u8; 32],
        now: Millis,
    ) -> Result<()> {
        self.execute(
            "
            UPDATE sign_in
            SET used_at = ?3
            WHERE organisation = ?1 AND secret_hash = ?2
            ",
            params![organisation, &secret_hash[..], now],
        )?;
        Ok(())
    }

    fn insert_session(&self, organisation: OrganisationId, session: &Session) -> Result<()> {
        self.execute(
            "
            INSERT INTO session (organisation, secret_hash, person, expires, since, used, address, browser)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
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

    fn use_session(&self, secret_hash: [u8; 32], now: Millis, address: &str) -> Result<()> {
        self.execute(
            "
            UPDATE session
            SET used = ?2, address = ?3
            WHERE secret_hash = ?1
            ",
            params![&secret_hash[..], now, address],
        )?;
        Ok(())
    }

    fn remove_session(&self, secret_hash: [u8; 32]) -> Result<bool> {
        let removed = self.execute(
            "
            DELETE FROM session
            WHERE secret_hash = ?1
            ",
            params![&secret_hash[..]],
        )?;
        Ok(removed > 0)
    }

    fn remove_sessions_of(&self, organisation: OrganisationId, person: PersonId) -> Result<usize> {
        self.execute(
            "
            DELETE FROM sign_in
            WHERE organisation = ?1 AND person = ?2
            ",
            params![organisation, person],
        )?;
        self.execute(
            "
            DELETE FROM session
            WHERE organisation = ?1 AND person = ?2
            ",
            params![organisation, person],
        )
    }

    fn remove_expired(&self, organisation: OrganisationId, now: Millis) -> Result<()> {
        self.execute(
            "
            DELETE FROM session
            WHERE organisation = ?1 AND expires <= ?2
            ",
            params![organisation, now],
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

fn invite(row: &Row<'_>) -> rusqlite::Result<(OrganisationId, InvitationRecord)> {
    let redeemed = match row.get_ref(7)?.as_blob()?.is_empty() {
        true => None,
        false => Some(Redemption {
            proof_hash: optional(row, 6)?,
            device: record(row, 7)?,
        }),
    };
    let invite = InvitationRecord {
        id: row.get(1)?,
        secret_hash: row.get(2)?,
        person: row.get(3)?,
        expires: row.get(4)?,
        used_at: instant(row, 5)?,
        redeemed,
    };
    Ok((row.get(0)?, invite))
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
