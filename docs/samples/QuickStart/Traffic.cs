namespace QuickStart;

/// <summary>One number for each of the two services.</summary>
internal readonly record struct Traffic(int BusinessCentral, int Dataverse)
{
    public int Total => BusinessCentral + Dataverse;

    public static Traffic operator -(Traffic left, Traffic right) =>
        new(left.BusinessCentral - right.BusinessCentral, left.Dataverse - right.Dataverse);

    /// <summary>The number of requests that the services have received since they started.</summary>
    public static Traffic RequestsOf(Clouds clouds) => new(clouds.BusinessCentral.Requests.RequestCount, clouds.Dataverse.Requests.RequestCount);

    /// <summary>The number of rows that requests have written since the services started.</summary>
    public static Traffic WritesOf(Clouds clouds) => new(clouds.BusinessCentral.Requests.RowWriteCount, clouds.Dataverse.Requests.RowWriteCount);
}
