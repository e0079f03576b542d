namespace Reqnroll;

/// <summary>Marks a class whose methods may be steps, hooks and transformations. A derived class is a binding class as well.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class BindingAttribute : Attribute;
