//! The proofs that a promise was done, as they are typed.

use clap::ValueEnum;
use kept_core::model::event::EvidenceKind;

/// The proof that a promise was done.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum EvidenceArg {
    Call,
    Photo,
    Signature,
    CustomersWord,
    SaidDone,
}

impl From<EvidenceArg> for EvidenceKind {
    fn from(evidence: EvidenceArg) -> Self {
        match evidence {
            EvidenceArg::Call => Self::Call,
            EvidenceArg::Photo => Self::Photo,
            EvidenceArg::Signature => Self::Signature,
            EvidenceArg::CustomersWord => Self::CustomersWord,
            EvidenceArg::SaidDone => Self::SaidDone,
        }
    }
}
