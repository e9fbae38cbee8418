namespace Dataverse.Sync.KillTests;

/// <summary>What a kill waits for.</summary>
internal enum KillTrigger
{
    /// <summary>A request arrives; it is not carried out.</summary>
    RequestLost,

    /// <summary>A request arrives; it is carried out, and nobody is left for the answer.</summary>
    RequestCarriedOut,

    /// <summary>A request arrives that writes; it is not carried out.</summary>
    WriteLost,

    /// <summary>A request arrives that writes; it is carried out, and nobody is left for the answer.</summary>
    WriteCarriedOut,

    /// <summary>The log of the coupling file was written to.</summary>
    FileWritten,

    /// <summary>Some time went by.</summary>
    Time,
}
