namespace Dataverse.Sync.Simulation;

/// <summary>In what form the servers store values.</summary>
internal enum ServerForms
{
    /// <summary>As sent.</summary>
    Exact,

    /// <summary>Shortened, and the schema says how: amounts with one place, whole seconds, trimmed texts.</summary>
    Told,

    /// <summary>In forms of their own that no schema mentions: capitals, cut texts, rounded amounts.</summary>
    Untold,
}
