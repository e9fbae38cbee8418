namespace Dataverse.Sync;

/// <summary>Specifies what a finding of a diagnosis is about.</summary>
public enum DiagnosisArea : byte
{
    /// <summary>Whether a system or the coupling store answers.</summary>
    Connection,

    /// <summary>The mapping itself.</summary>
    Mapping,

    /// <summary>The rights to read, create, change, and delete.</summary>
    Rights,

    /// <summary>Secured and masked columns.</summary>
    ColumnSecurity,

    /// <summary>How changes and deletions are found.</summary>
    ChangeCapture,

    /// <summary>To which company rows belong.</summary>
    Company,

    /// <summary>The clocks of this machine and of the systems.</summary>
    Clock,

    /// <summary>Currencies and exchange rates.</summary>
    Currency,

    /// <summary>The numbers of new records.</summary>
    Numbering,

    /// <summary>Records that cannot be told apart.</summary>
    Matching,

    /// <summary>The options of choices.</summary>
    Options,

    /// <summary>Settings that stand for something that no documentation confirms.</summary>
    Settings,
}
